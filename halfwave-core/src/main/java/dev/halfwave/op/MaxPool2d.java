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
 * The largest element of every window, channel by channel; padding never wins.
 *
 * <p>{@code y[n,p,q,c] = max x[n, p·stride − pad + i·dilation, …, c]}. Input {@code [N, H, W, C]}, output
 * {@code [N, OH, OW, C]}. A window that holds a NaN yields NaN, one that sees nothing but padding −∞. The gradient goes
 * to the first largest element of a window, row by row.
 *
 * @param vertical how the window moves over rows
 * @param horizontal how the window moves over columns
 */
public record MaxPool2d(Window vertical, Window horizontal) implements Op {
    @Override
    public String name() {
        return "max_pool2d";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        return List.of(PoolLoops.output(geometry(inputs.get(0))));
    }

    /** Whether some window over images of that shape sees nothing but padding, so that its maximum is −∞. */
    public boolean hasEmptyWindows(Shape images) {
        return !PoolLoops.seesSomething(geometry(images));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] x = inputs.get(0).data();
        PoolGeometry g = geometry(inputs.get(0).shape());
        DoubleTensor y = DoubleTensor.zeros(PoolLoops.output(g));
        Arrays.fill(y.data(), Double.NEGATIVE_INFINITY);
        new PoolLoops(g).each((xi, yi) -> y.data()[yi] = Math.max(y.data()[yi], x[xi]));
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(g.add(new MaxPool2dGradient(vertical, horizontal), dy, node.input(0), node.output()));
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return PoolLoops.flops(vertical, horizontal, outputs.get(0));
    }

    @Override
    public Step lower(Lowering lowering) {
        return lower(lowering.kernels().pool(), lowering.inputShape(0), lowering.input(0), lowering.output(0));
    }

    /** The step for images of that shape in one place, and their maxima in another. */
    Step lower(PoolKernels kernels, Shape images, Slot x, Slot y) {
        PoolGeometry g = geometry(images);
        return Grain.rows(
                g.n() * g.oh(),
                g.ow() * g.c(),
                (f, from, to) -> kernels.max(g, f.array(x), x.offset(), f.array(y), y.offset(), from, to));
    }

    private PoolGeometry geometry(Shape x) {
        return PoolLoops.geometry(x, vertical, horizontal, false);
    }
}
