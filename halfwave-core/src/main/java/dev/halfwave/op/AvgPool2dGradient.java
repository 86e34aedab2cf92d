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
 * The gradient of {@link AvgPool2d}, its adjoint: every dy is shared out evenly among the elements of its window.
 *
 * <p>Input dy {@code [N, OH, OW, C]}, output {@code [N, H, W, C]}.
 *
 * @param vertical as in the pooling
 * @param horizontal as in the pooling
 * @param countPadding as in the pooling
 * @param h rows of the images
 * @param w columns of the images
 */
public record AvgPool2dGradient(Window vertical, Window horizontal, boolean countPadding, int h, int w) implements Op {
    @Override
    public String name() {
        return "avg_pool2d_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        PoolGeometry g = geometry(inputs.get(0));
        Expect.shape("an output gradient", inputs.get(0), PoolLoops.output(g));
        return List.of(Shape.of(g.n(), h, w, g.c()));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] dy = inputs.get(0).data();
        PoolGeometry g = geometry(inputs.get(0).shape());
        PoolLoops loops = new PoolLoops(g);
        DoubleTensor dx = DoubleTensor.zeros(Shape.of(g.n(), h, w, g.c()));
        loops.each((xi, yi) -> dx.data()[xi] += dy[yi] / loops.divisor(yi));
        return List.of(dx);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value ddx) {
        return Arrays.asList(g.add(new AvgPool2d(vertical, horizontal, countPadding), ddx));
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return PoolLoops.flops(vertical, horizontal, inputs.get(0));
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot dy = lowering.input(0);
        Slot dx = lowering.output(0);
        PoolGeometry g = geometry(lowering.inputShape(0));
        PoolKernels kernels = lowering.kernels().pool();
        return Grain.rows(
                g.n(),
                h * w * g.c(),
                (f, from, to) ->
                        kernels.averageGradient(g, f.array(dy), dy.offset(), f.array(dx), dx.offset(), from, to));
    }

    private PoolGeometry geometry(Shape dy) {
        Expect.rank("an output gradient", dy, 4, "[N, OH, OW, C]");
        return PoolLoops.geometry(Shape.of(dy.size(0), h, w, dy.size(3)), vertical, horizontal, countPadding);
    }
}
