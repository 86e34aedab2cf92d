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
 * The gradient of {@link Conv2d} with respect to its images: the convolution's adjoint, and as an op of its own the
 * transposed convolution.
 *
 * <p>{@code dx[n, p·stride − pad + i·dilation, …, c] = Σ dy[n,p,q,k] · w[i,j,c,k]}. Inputs: the output's gradient
 * {@code [N, OH, OW, K]} and the filters {@code [R, S, C/groups, K]}; output {@code [N, H, W, C]}. For a stride above 1
 * several sizes H lead to the same OH; rows that no window sees are 0.
 *
 * @param vertical as in the convolution
 * @param horizontal as in the convolution
 * @param groups as in the convolution
 * @param h rows of the images
 * @param w columns of the images
 */
public record Conv2dInputGradient(Window vertical, Window horizontal, int groups, int h, int w) implements Op {
    @Override
    public String name() {
        return "conv2d_input_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        ConvGeometry g = geometry(inputs.get(0), inputs.get(1));
        Expect.shape("an output gradient", inputs.get(0), Shape.of(g.n(), g.oh(), g.ow(), g.k()));
        return List.of(Shape.of(g.n(), h, w, g.c()));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor dy = inputs.get(0);
        DoubleTensor filters = inputs.get(1);
        ConvGeometry g = geometry(dy.shape(), filters.shape());
        DoubleTensor dx = DoubleTensor.zeros(Shape.of(g.n(), h, w, g.c()));
        new ConvLoops(g).each((xi, wi, yi) -> dx.data()[xi] += dy.data()[yi] * filters.data()[wi]);
        return List.of(dx);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value ddx) {
        Value dy = node.input(0);
        Value filters = node.input(1);
        return Arrays.asList(
                g.add(new Conv2d(vertical, horizontal, groups), ddx, filters),
                g.add(new Conv2dFilterGradient(vertical, horizontal, groups), ddx, dy));
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return ConvLoops.flops(inputs.get(0), inputs.get(1));
    }

    @Override
    public Step lower(Lowering lowering) {
        ConvGeometry geometry = geometry(lowering.inputShape(0), lowering.inputShape(1));
        return Bilinear.lower(lowering, lowering.kernels().conv().backwardData(geometry), false);
    }

    private ConvGeometry geometry(Shape dy, Shape filters) {
        Expect.rank("an output gradient", dy, 4, "[N, OH, OW, K]");
        Expect.rank("filters", filters, 4, "[R, S, C/groups, K]");
        Conv2d.checkFilters(filters, vertical, horizontal, groups);
        if (dy.size(3) != filters.size(3)) {
            throw new IllegalArgumentException("expected an output gradient with one channel per filter, received " + dy
                    + " and filters " + filters);
        }
        int channels = filters.size(2) * groups;
        return new ConvGeometry(dy.size(0), h, w, channels, filters.size(3), vertical, horizontal, groups);
    }
}
