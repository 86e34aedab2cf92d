package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link Conv2d} with respect to its filters.
 *
 * <p>Inputs: the images {@code [N, H, W, C]} and the output's gradient {@code [N, OH, OW, K]}; output
 * {@code [R, S, C/groups, K]}.
 *
 * @param vertical as in the convolution
 * @param horizontal as in the convolution
 * @param groups as in the convolution
 */
public record Conv2dFilterGradient(Window vertical, Window horizontal, int groups) implements Op {
    @Override
    public String name() {
        return "conv2d_filter_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        ConvGeometry g = geometry(inputs.get(0), inputs.get(1));
        Expect.shape("an output gradient", inputs.get(1), Shape.of(g.n(), g.oh(), g.ow(), g.k()));
        return List.of(Shape.of(g.r(), g.s(), g.groupC(), g.k()));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor dy = inputs.get(1);
        ConvGeometry g = geometry(x.shape(), dy.shape());
        DoubleTensor dw = DoubleTensor.zeros(Shape.of(g.r(), g.s(), g.groupC(), g.k()));
        new ConvLoops(g).each((xi, wi, yi) -> dw.data()[wi] += x.data()[xi] * dy.data()[yi]);
        return List.of(dw);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value ddw) {
        Value x = node.input(0);
        Value dy = node.input(1);
        int h = x.shape().size(1);
        int w = x.shape().size(2);
        return Arrays.asList(
                g.add(new Conv2dInputGradient(vertical, horizontal, groups, h, w), dy, ddw),
                g.add(new Conv2d(vertical, horizontal, groups), x, ddw));
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return ConvLoops.flops(inputs.get(1), outputs.get(0));
    }

    @Override
    public Step lower(Lowering lowering) {
        ConvGeometry geometry = geometry(lowering.inputShape(0), lowering.inputShape(1));
        return Bilinear.lower(lowering, lowering.kernels().conv().backwardFilters(geometry), false);
    }

    private ConvGeometry geometry(Shape x, Shape dy) {
        Expect.rank("images", x, 4, "[N, H, W, C]");
        Expect.rank("an output gradient", dy, 4, "[N, OH, OW, K]");
        return new ConvGeometry(x.size(0), x.size(1), x.size(2), x.size(3), dy.size(3), vertical, horizontal, groups);
    }
}
