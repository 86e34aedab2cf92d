package dev.halfwave.op;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
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
 * Two-dimensional convolution, a cross-correlation as everywhere in this field, optionally with bias and activation.
 *
 * <p>{@code y[n,p,q,k] = f(b[k] + Σ x[n, p·stride − pad + i·dilation, …, c] · w[i,j,c,k])}. Inputs: images {@code [N,
 * H, W, C]}, filters {@code [R, S, C/groups, K]}, and a bias {@code [K]} if there is one; output {@code [N, OH, OW,
 * K]}.
 *
 * @param vertical how the window moves over rows
 * @param horizontal how the window moves over columns
 * @param groups into how many independent groups the channels are divided; 1 for an ordinary convolution
 * @param activation f; identity unless a rewrite rule fused one in
 */
public record Conv2d(Window vertical, Window horizontal, int groups, Activation activation) implements Op {

    /** A convolution without activation. */
    public Conv2d(Window vertical, Window horizontal, int groups) {
        this(vertical, horizontal, groups, new Identity());
    }

    @Override
    public String name() {
        return "conv2d";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 3);
        Shape x = inputs.get(0);
        Shape w = inputs.get(1);
        Expect.rank("images", x, 4, "[N, H, W, C]");
        Expect.rank("filters", w, 4, "[R, S, C/groups, K]");
        checkSize(w, vertical, horizontal);
        int channels = w.size(2) * groups;
        if (groups < 1 || x.size(3) != channels) {
            String division = groups == 1 ? "" : ", groups " + groups;
            throw new IllegalArgumentException("expected " + channels + " input channels, received " + x.size(3)
                    + " (input " + x + ", filters " + w + division + "); declare the input as " + x.dropFirst());
        }
        checkFilters(w, vertical, horizontal, groups);
        if (inputs.size() == 3) {
            Expect.shape("a bias", inputs.get(2), Shape.of(w.size(3)));
        }
        int oh = vertical.positions(x.size(1));
        int ow = horizontal.positions(x.size(2));
        return List.of(Shape.of(x.size(0), oh, ow, w.size(3)));
    }

    /** That filters are as large as their window, and that groups divide them. */
    static void checkFilters(Shape w, Window vertical, Window horizontal, int groups) {
        checkSize(w, vertical, horizontal);
        if (groups < 1 || w.size(3) % groups != 0) {
            throw new IllegalArgumentException("expected a number of filters that " + groups
                    + " groups divide, received " + w.size(3) + " (filters " + w + ")");
        }
    }

    private static void checkSize(Shape w, Window vertical, Window horizontal) {
        if (w.size(0) != vertical.size() || w.size(1) != horizontal.size()) {
            throw new IllegalArgumentException(
                    "expected filters of " + vertical.size() + "×" + horizontal.size() + ", received filters " + w);
        }
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor w = inputs.get(1);
        DoubleTensor y = DoubleTensor.zeros(
                infer(inputs.stream().map(DoubleTensor::shape).toList()).get(0));
        ConvGeometry g = geometry(x.shape(), w.shape());
        new ConvLoops(g).each((xi, wi, yi) -> y.data()[yi] += x.data()[xi] * w.data()[wi]);
        for (int i = 0; i < y.data().length; i++) {
            double bias = inputs.size() == 3 ? inputs.get(2).data()[i % g.k()] : 0;
            y.data()[i] = activation.at(y.data()[i] + bias);
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value x = node.input(0);
        Value w = node.input(1);
        Value dz = ActivateGradient.through(g, node, activation, dy);
        int h = x.shape().size(1);
        int width = x.shape().size(2);
        Value dx = g.add(new Conv2dInputGradient(vertical, horizontal, groups, h, width), dz, w);
        Value dw = g.add(new Conv2dFilterGradient(vertical, horizontal, groups), x, dz);
        if (node.inputs().size() == 2) {
            return Arrays.asList(dx, dw);
        }
        return Arrays.asList(dx, dw, g.add(new ChannelSum(), dz));
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return ConvLoops.flops(outputs.get(0), inputs.get(1));
    }

    @Override
    public Step lower(Lowering lowering) {
        ConvGeometry geometry = geometry(lowering.inputShape(0), lowering.inputShape(1));
        boolean bias = lowering.inputCount() == 3;
        return Bilinear.lower(lowering, lowering.kernels().conv().forward(geometry, bias, activation), bias);
    }

    /** The convolution's sizes. */
    ConvGeometry geometry(Shape x, Shape w) {
        return new ConvGeometry(x.size(0), x.size(1), x.size(2), x.size(3), w.size(3), vertical, horizontal, groups);
    }
}
