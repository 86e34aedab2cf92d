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
 * The average of every window, channel by channel.
 *
 * <p>{@code y[n,p,q,c] = Σ x[n, p·stride − pad + i·dilation, …, c] / d}. Input {@code [N, H, W, C]}, output
 * {@code [N, OH, OW, C]}. With the whole image as window it is global average pooling. A window that sees nothing but
 * padding averages to 0.
 *
 * @param vertical how the window moves over rows
 * @param horizontal how the window moves over columns
 * @param countPadding whether d is the size of the whole window, padding included, or the number of its elements inside
 *     the image
 */
public record AvgPool2d(Window vertical, Window horizontal, boolean countPadding) implements Op {
    @Override
    public String name() {
        return "avg_pool2d";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        return List.of(PoolLoops.output(geometry(inputs.get(0))));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] x = inputs.get(0).data();
        PoolGeometry g = geometry(inputs.get(0).shape());
        PoolLoops loops = new PoolLoops(g);
        DoubleTensor y = DoubleTensor.zeros(PoolLoops.output(g));
        loops.each((xi, yi) -> y.data()[yi] += x[xi]);
        for (int i = 0; i < y.data().length; i++) {
            y.data()[i] /= Math.max(1, loops.divisor(i));
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        int h = node.input(0).shape().size(1);
        int w = node.input(0).shape().size(2);
        return Arrays.asList(g.add(new AvgPool2dGradient(vertical, horizontal, countPadding, h, w), dy));
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
                (f, from, to) -> kernels.average(g, f.array(x), x.offset(), f.array(y), y.offset(), from, to));
    }

    private PoolGeometry geometry(Shape x) {
        return PoolLoops.geometry(x, vertical, horizontal, countPadding);
    }
}
