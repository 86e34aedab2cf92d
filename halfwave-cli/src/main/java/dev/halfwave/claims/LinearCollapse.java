package dev.halfwave.claims;

import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Relu;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Multiplies the layers of a deep network together, and compares one product with the network itself. */
record LinearCollapse() implements Claim {
    private static final int WIDTH = 24;
    private static final int DEEPEST = 20;
    private static final int IMAGES = 50;

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
        Plot plot = Plot.counting("layers", 1, DEEPEST, "difference from one linear map, in parts of the output");
        Plot drawn = plot.with("without a nonlinearity", depth -> difference((int) depth, false))
                .with("with ReLU in between", depth -> difference((int) depth, true));
        double linear = worst(drawn.curves().get(0).ys());
        double rectified = drawn.curves().get(1).ys().get(DEEPEST - 1);
        String measured = Texts.format(
                "1 to %d dense layers differ from the product of their weights by at most %.1e of the output (float32);"
                        + " with ReLU in between, %d layers differ by %.2f",
                DEEPEST, linear, DEEPEST, rectified);
        return new Finding(Verdict.of(linear < 1e-4 && rectified > 0.1), measured, drawn);
    }

    private static double worst(List<Double> numbers) {
        return numbers.stream().mapToDouble(x -> x).max().orElseThrow();
    }

    /** ‖network(x) − x·W₁·W₂·…‖ / ‖network(x)‖ over random x, in double but for the network. */
    private static double difference(int depth, boolean rectify) {
        Layer[] layers = Stream.generate(() -> Dense.of(WIDTH).activation(rectify ? new Relu() : new Identity()))
                .limit(depth - 1L)
                .toArray(Layer[]::new);
        layers = Stream.concat(Stream.of(layers), Stream.of(Dense.of(WIDTH))).toArray(Layer[]::new);
        List<String> outputs =
                Stream.iterate(0, i -> i + 1).limit(WIDTH).map(String::valueOf).toList();
        Model model = Model.initialized(Network.of("deep", Shape.of(WIDTH), layers), outputs, depth);
        Matrix product = Matrix.identity(WIDTH);
        for (int i = 1; i <= depth; i++) {
            product = product.times(Matrix.of(model.parameters().get("dense_" + i + ".weights")));
        }
        Tensor x =
                Matrix.gaussian(IMAGES, WIDTH, 1, new SplittableRandom(depth)).toTensor();
        Matrix actual = Matrix.of(model.predictor(WorkerPool.shared()).logits(x));
        return Matrix.of(x).times(product).minus(actual).norm() / actual.norm();
    }
}
