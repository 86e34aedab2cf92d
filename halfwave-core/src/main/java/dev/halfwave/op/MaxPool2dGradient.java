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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link MaxPool2d}: every dy goes to the first element of its window, row by row, that equals the
 * maximum.
 *
 * <p>Inputs: dy {@code [N, OH, OW, C]}, and the pooling's input {@code [N, H, W, C]} and output {@code [N, OH, OW, C]};
 * output {@code [N, H, W, C]}.
 *
 * @param vertical as in the pooling
 * @param horizontal as in the pooling
 */
public record MaxPool2dGradient(Window vertical, Window horizontal) implements Op {
    @Override
    public String name() {
        return "max_pool2d_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 3, 3);
        Shape pooled = PoolLoops.output(geometry(inputs.get(1)));
        Expect.shape("an output gradient", inputs.get(0), pooled);
        Expect.shape("a pooled output", inputs.get(2), pooled);
        return List.of(inputs.get(1));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] dy = inputs.get(0).data();
        double[] x = inputs.get(1).data();
        double[] y = inputs.get(2).data();
        DoubleTensor dx = DoubleTensor.zeros(inputs.get(1).shape());
        boolean[] given = new boolean[y.length];
        new PoolLoops(geometry(dx.shape())).each((xi, yi) -> {
            if (!given[yi] && x[xi] == y[yi]) {
                given[yi] = true;
                dx.data()[xi] += dy[yi];
            }
        });
        return List.of(dx);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value ddx) {
        throw Op.noGradient(node);
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return PoolLoops.flops(vertical, horizontal, inputs.get(0));
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot dy = lowering.input(0);
        Slot x = lowering.input(1);
        Slot y = lowering.input(2);
        Slot dx = lowering.output(0);
        PoolGeometry g = geometry(lowering.inputShape(1));
        PoolKernels kernels = lowering.kernels().pool();
        return Grain.rows(
                g.n(),
                g.h() * g.w() * g.c(),
                (f, from, to) -> kernels.maxGradient(
                        g,
                        f.array(dy),
                        dy.offset(),
                        f.array(x),
                        x.offset(),
                        f.array(y),
                        y.offset(),
                        f.array(dx),
                        dx.offset(),
                        from,
                        to));
    }

    private PoolGeometry geometry(Shape x) {
        return PoolLoops.geometry(x, vertical, horizontal, false);
    }
}
