package dev.halfwave.op;

import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.ChannelKernels;
import dev.halfwave.kernel.Moments;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;

/** The mean and the population variance of each channel over all rows: what a batch norm normalises with. */
final class Statistics {
    private Statistics() {}

    /** That there is a row to take statistics of. */
    static void check(Shape x) {
        if (x.rows() == 0) {
            throw new IllegalArgumentException("expected at least one row to take statistics of, received " + x);
        }
    }

    /** Mean and variance in double precision. */
    static List<DoubleTensor> of(DoubleTensor rows) {
        double[] x = rows.data();
        int c = rows.shape().size(-1);
        DoubleTensor mean = DoubleTensor.zeros(Shape.of(c));
        DoubleTensor variance = DoubleTensor.zeros(Shape.of(c));
        for (int i = 0; i < x.length; i++) {
            mean.data()[i % c] += x[i] * c / x.length;
        }
        for (int i = 0; i < x.length; i++) {
            double off = x[i] - mean.data()[i % c];
            variance.data()[i % c] += off * off * c / x.length;
        }
        return List.of(mean, variance);
    }

    /** How many operations they take: one for the mean, three for the variance. */
    static long flops(Shape x) {
        return 4L * x.elements();
    }

    /**
     * The step that takes them of what lies in a slot. Moments of fixed chunks of rows are merged in order, so they do
     * not depend on the number of threads.
     */
    static Step take(Lowering lowering, Slot x, Shape shape, Slot mean, Slot variance) {
        int c = shape.size(-1);
        Chunks chunks = Chunks.of(shape.rows());
        Slot means = lowering.scratch(chunks.count() * c);
        Slot squares = lowering.scratch(chunks.count() * c);
        Moments moments = chunks.moments(c);
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
                f -> moments.merge(
                        f.array(means),
                        means.offset(),
                        f.array(squares),
                        squares.offset(),
                        f.array(mean),
                        mean.offset(),
                        f.array(variance),
                        variance.offset(),
                        c));
    }
}
