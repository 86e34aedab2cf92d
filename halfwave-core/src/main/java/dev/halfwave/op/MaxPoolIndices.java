package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.PoolGeometry;
import dev.halfwave.kernel.PoolKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the largest element of every window of a {@link MaxPool2d} stands, as a number: {@code row · W + column} within
 * the plane of its image and channel.
 *
 * <p>Input {@code [N, H, W, C]}, output {@code [N, OH, OW, C]}. Of equal elements the first counts, row by row; of a
 * window with NaN, the first of these. A window that sees nothing but padding yields −1. It has no gradient.
 *
 * @param vertical how the window moves over rows
 * @param horizontal how the window moves over columns
 */
public record MaxPoolIndices(Window vertical, Window horizontal) implements Op {
    /** Up to here every whole number is a float. */
    private static final int MOST_PIXELS = 1 << 24;

    @Override
    public String name() {
        return "max_pool_indices";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        PoolGeometry g = geometry(inputs.get(0));
        if ((long) g.h() * g.w() > MOST_PIXELS) {
            throw new IllegalArgumentException("expected images of at most " + MOST_PIXELS
                    + " pixels, whose positions a float can hold, received " + inputs.get(0));
        }
        return List.of(PoolLoops.output(g));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] x = inputs.get(0).data();
        PoolGeometry g = geometry(inputs.get(0).shape());
        DoubleTensor y = DoubleTensor.zeros(PoolLoops.output(g));
        int[] winners = new int[y.data().length];
        Arrays.fill(winners, -1);
        new PoolLoops(g).each((xi, yi) -> {
            if (winners[yi] < 0 || beats(x[xi], x[winners[yi]])) {
                winners[yi] = xi;
            }
        });
        Arrays.setAll(y.data(), i -> winners[i] < 0 ? -1 : winners[i] / g.c() % (g.h() * g.w()));
        return List.of(y);
    }

    private static boolean beats(double next, double max) {
        return next > max || Double.isNaN(next) && !Double.isNaN(max);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        throw Op.noGradient(node);
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return PoolLoops.flops(vertical, horizontal, outputs.get(0));
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        PoolGeometry g = geometry(lowering.inputShape(0));
        PoolKernels kernels = lowering.kernels().pool();
        return Grain.rows(
                g.n() * g.oh(),
                g.ow() * g.c(),
                (f, from, to) -> kernels.maxIndices(g, f.array(x), x.offset(), f.array(y), y.offset(), from, to));
    }

    private PoolGeometry geometry(Shape x) {
        return PoolLoops.geometry(x, vertical, horizontal, false);
    }
}
