package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.data.Strokes;
import dev.halfwave.inspect.Activity;
import dev.halfwave.inspect.LayerActivity;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Networks;
import java.util.List;

/** Counts the zeros in every layer of a fresh network, once with each function. */
record SparseActivations() implements Claim {
    private static final int LAYERS = 4;

    @Override
    public String id() {
        return "sparse-activations";
    }

    @Override
    public String text() {
        return "ReLU gives sparse activations: about half of them are zero in a fresh network.";
    }

    @Override
    public String source() {
        return "Glorot, Bordes and Bengio 2011, section 3.1";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        Strokes digits = Strokes.test(quick ? 100 : 1_000, 1);
        List<Double> rectified = zeros(new Relu(), digits);
        List<Double> squashed = zeros(new Sigmoid(), digits);
        double share = mean(rectified);
        String measured = Texts.format(
                "over %,d digits and the %d layers of LeNet as drawn, %.0f %% of ReLU's outputs are zero and %.0f %% of"
                        + " sigmoid's",
                digits.size(), LAYERS, 100 * share, 100 * mean(squashed));
        Plot plot = Plot.counting("layer", 1, LAYERS, "share of zeros")
                .with("ReLU", rectified)
                .with("sigmoid", squashed);
        return new Finding(Verdict.of(Math.abs(share - 0.5) < 0.15 && mean(squashed) == 0), measured, plot);
    }

    private static double mean(List<Double> shares) {
        return shares.stream().mapToDouble(share -> share).average().orElseThrow();
    }

    private static List<Double> zeros(Activation f, Strokes digits) {
        Model model = Model.initialized(
                Networks.lenet(digits.sampleShape(), digits.classes().size(), f), digits.classes(), 1);
        List<LayerActivity> layers = Activity.of(model, digits, WorkerPool.shared());
        return layers.stream().map(layer -> layer.zeros().mean()).toList();
    }
}
