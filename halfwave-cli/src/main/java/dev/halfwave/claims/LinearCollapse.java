package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Relu;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Multiplies the layers of a deep network together, and compares one product with the network itself. */
record LinearCollapse() implements Claim {
    private static final int WIDTH = 24;
    private static final int DEEPEST = 20;
    private static final int ROWS = 50;

    @Override
    public String id() {
        return "linear-collapse";
    }

    @Override
    public String text() {
        return "Without a nonlinearity between them, any number of layers is one linear map.";
    }

    @Override
    public String source() {
        return "Goodfellow, Bengio and Courville 2016, section 6.1";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        Plot plot = Plot.counting("layers", 1, DEEPEST, "parts of the output")
                .with("without ReLU: distance from the product of the weights", depth -> distance((int) depth))
                .with("with ReLU: f(x) + f(−x), zero for any linear map", depth -> asymmetry((int) depth));
        double linear = worst(plot.curves().get(0).ys());
        double rectified = plot.curves().get(1).ys().get(DEEPEST - 1);
        String measured = Texts.format(
                "1 to %d dense layers differ from the product of their weights by at most %.1e of the output (float32);"
                        + " with ReLU in between, f(x) + f(−x), which is 0 for a linear map, is %.2f of it",
                DEEPEST, linear, rectified);
        return new Finding(Verdict.of(linear < 1e-4 && rectified > 0.1), measured, plot);
    }

    private static double worst(List<Double> numbers) {
        return numbers.stream().mapToDouble(x -> x).max().orElseThrow();
    }

    /** ‖f(x) − x·W₁·W₂·…‖ / ‖f(x)‖ over random x. */
    private static double distance(int depth) {
        Model model = model(depth, new Identity());
        Matrix product = Matrix.identity(WIDTH);
        for (int i = 1; i <= depth; i++) {
            product = product.times(Matrix.of(model.parameters().get("dense_" + i + ".weights")));
        }
        Matrix x = inputs(depth);
        Matrix actual = outputs(model, x);
        return x.times(product).minus(actual).norm() / actual.norm();
    }

    /** ‖f(x) + f(−x)‖ / ‖f(x)‖ over random x. */
    private static double asymmetry(int depth) {
        Model model = model(depth, new Relu());
        Matrix x = inputs(depth);
        Matrix actual = outputs(model, x);
        Matrix mirrored = outputs(model, x.map(value -> -value));
        return actual.minus(mirrored.map(value -> -value)).norm() / actual.norm();
    }

    private static Model model(int depth, Activation between) {
        Layer[] layers = new Layer[depth];
        Arrays.fill(layers, Dense.of(WIDTH).activation(between));
        layers[depth - 1] = Dense.of(WIDTH);
        List<String> names = IntStream.range(0, WIDTH).mapToObj(String::valueOf).toList();
        return Model.initialized(Network.of("deep", Shape.of(WIDTH), layers), names, depth);
    }

    private static Matrix inputs(int depth) {
        return Matrix.gaussian(ROWS, WIDTH, 1, new SplittableRandom(depth));
    }

    private static Matrix outputs(Model model, Matrix x) {
        return Matrix.of(model.predictor(WorkerPool.shared()).logits(x.toTensor()));
    }
}
