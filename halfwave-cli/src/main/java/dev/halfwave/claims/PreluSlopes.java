package dev.halfwave.claims;

import dev.halfwave.activation.Prelu;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Padding;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.train.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Trains convolutions with parametric ReLUs and looks at the slopes they have learnt. */
record PreluSlopes() implements Claim {
    private static final int DEPTH = 4;
    private static final int FILTERS = 8;
    private static final int EPOCHS = 12;
    private static final int DIGITS = 2000;
    private static final int SEEDS = 12;
    private static final double RATE = 0.01;
    private static final double FIRST = 0.25;

    @Override
    public String id() {
        return "prelu-slopes";
    }

    @Override
    public String text() {
        return "PReLU learns smaller slopes in deeper layers than in the first.";
    }

    @Override
    public String source() {
        return "He et al. 2015, section 2.1 and table 1";
    }

    @Override
    public Verdict expected() {
        return Verdict.FALSE; // half of the runs on half of the digits said otherwise: 0.071 ± 0.027
    }

    @Override
    public Finding run(boolean quick) {
        Runs runs = Runs.of(Trial.of(network(), RATE, EPOCHS, DIGITS).optimizer(Adam.usual()), SEEDS);
        double[] first = slopes(runs, 1);
        double[] deeper = new double[SEEDS];
        double[] means = new double[DEPTH];
        for (int layer = 1; layer <= DEPTH; layer++) {
            double[] slopes = slopes(runs, layer);
            for (int i = 0; i < SEEDS; i++) {
                means[layer - 1] += slopes[i] / SEEDS;
                deeper[i] += layer > 1 ? slopes[i] / (DEPTH - 1) : 0;
            }
        }
        Spread fall = Spread.ofDifferences(first, deeper);
        String measured = Texts.format(
                "%d convolutions of %d filters, %d epochs of %,d digits, %d seeds, all slopes %.2f at first: the mean slope"
                        + " is %.3f in the first layer and %.3f in the others, less by %.3f ± %.3f (95 %% interval); test"
                        + " accuracy %s",
                DEPTH,
                FILTERS,
                EPOCHS,
                DIGITS,
                SEEDS,
                FIRST,
                means[0],
                Spread.of(deeper).mean(),
                fall.mean(),
                fall.halfWidth(),
                runs.accuracy().percent());
        Plot plot = Plot.counting("layer", 1, DEPTH, "slope below 0, mean")
                .with("learnt", means)
                .with("at first", x -> FIRST);
        return new Finding(Verdict.of(fall.isAbove(0)), measured, plot);
    }

    /** The mean over a layer's channels, for every run. */
    private static double[] slopes(Runs runs, int layer) {
        return runs.courses().stream()
                .mapToDouble(course -> mean(course.model().parameters().get("conv2d_" + layer + ".slope")))
                .toArray();
    }

    private static double mean(Tensor slopes) {
        return IntStream.range(0, slopes.data().length)
                .mapToDouble(i -> slopes.data()[i])
                .average()
                .orElseThrow();
    }

    private static Network network() {
        List<Layer> layers = new ArrayList<>();
        for (int layer = 1; layer <= DEPTH; layer++) {
            layers.add(Conv2d.of(FILTERS, 3)
                    .stride(layer <= 2 ? 2 : 1)
                    .padding(Padding.of(1))
                    .activation(new Prelu(FIRST)));
        }
        layers.add(new Flatten());
        layers.add(Dense.of(Trial.test().classes().size()));
        return Network.of("sloped", Trial.test().sampleShape(), layers.toArray(Layer[]::new));
    }
}
