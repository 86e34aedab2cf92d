package dev.halfwave.op;

import dev.halfwave.graph.Frame;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ChannelKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation as in training: every channel to mean β and standard deviation γ over the batch.
 *
 * <p>{@code y = γ · (x − mean) / √(variance + ε) + β}, with the mean and the variance of each channel over all other
 * axes; the variance is the population's, divided by the number of rows. Inputs: x {@code [..., C]}, gamma and beta
 * {@code [C]}; outputs: y {@code [..., C]}, mean and variance {@code [C]}. Only y carries a gradient; mean and variance
 * are for running averages.
 *
 * <p>Moments of fixed chunks of rows are merged in double precision and in order, so they do not depend on the number
 * of threads.
 *
 * @param epsilon ε, above 0; 1e-5 is usual
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015, algorithm 1</a>
 */
public record BatchNorm(double epsilon) implements Op {

    /** @throws IllegalArgumentException if epsilon is not a positive number */
    public BatchNorm {
        Normalization.check(epsilon);
    }

    @Override
    public String name() {
        return "batch_norm";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Normalization.check(inputs, 0, "gamma", "beta");
        Shape x = inputs.get(0);
        if (x.rows() == 0) {
            throw new IllegalArgumentException("expected at least one row to take statistics of, received " + x);
        }
        return List.of(x, inputs.get(1), inputs.get(1));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] x = inputs.get(0).data();
        int c = inputs.get(1).data().length;
        DoubleTensor mean = DoubleTensor.zeros(Shape.of(c));
        DoubleTensor variance = DoubleTensor.zeros(Shape.of(c));
        for (int i = 0; i < x.length; i++) {
            mean.data()[i % c] += x[i] * c / x.length;
        }
        for (int i = 0; i < x.length; i++) {
            double off = x[i] - mean.data()[i % c];
            variance.data()[i % c] += off * off * c / x.length;
        }
        List<DoubleTensor> given = List.of(inputs.get(0), inputs.get(1), inputs.get(2), mean, variance);
        return List.of(new FrozenBatchNorm(epsilon).evaluate(given, randomKey).get(0), mean, variance);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value mean = node.outputs().get(1);
        Value variance = node.outputs().get(2);
        List<Value> inputs = List.of(dy, node.input(0), node.input(1), mean, variance);
        Node gradient = g.addNode(new BatchNormGradient(epsilon), inputs);
        return List.copyOf(gradient.outputs());
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 6L * outputs.get(0).elements(); // mean 1, variance 3, scale and shift 2
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot mean = lowering.output(1);
        Slot variance = lowering.output(2);
        int c = lowering.inputShape(1).elements();
        Chunks chunks = Chunks.of(lowering.inputShape(0).rows());
        Slot means = lowering.scratch(chunks.count() * c);
        Slot squares = lowering.scratch(chunks.count() * c);
        ChannelKernels kernels = lowering.kernels().channels();
        return Step.sequence(
                Step.tasks(
                        chunks.count(),
                        (f, i) -> kernels.moments(
                                f.array(x),
                                x.offset() + chunks.start(i) * c,
                                f.array(means),
                                means.offset() + i * c,
                                f.array(squares),
                                squares.offset() + i * c,
                                chunks.length(i),
                                c)),
                f -> merge(f, chunks, means, squares, mean, variance, c),
                new Normalization(epsilon).apply(lowering, mean, variance));
    }

    /** Merges the chunks' moments with the pairwise formula of Chan, Golub and LeVeque 1983. */
    private static void merge(Frame f, Chunks chunks, Slot means, Slot squares, Slot mean, Slot variance, int c) {
        float[] chunkMeans = f.array(means);
        float[] chunkSquares = f.array(squares);
        for (int j = 0; j < c; j++) {
            double m = 0;
            double m2 = 0;
            for (int i = 0; i < chunks.count(); i++) {
                double before = chunks.start(i);
                double rows = chunks.length(i);
                double off = chunkMeans[means.offset() + i * c + j] - m;
                m += off * rows / (before + rows);
                m2 += chunkSquares[squares.offset() + i * c + j] + off * off * before * rows / (before + rows);
            }
            f.array(mean)[mean.offset() + j] = (float) m;
            f.array(variance)[variance.offset() + j] = (float) (m2 / chunks.rows());
        }
    }

    @Override
    public boolean inPlace(int input) {
        return input == 0;
    }
}
