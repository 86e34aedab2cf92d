package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Automatic;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;

/**
 * Two-dimensional convolution: a bank of learnt feature detectors, each slid over the image.
 *
 * <p>Input {@code [N, H, W, C]}, output {@code [N, OH, OW, filters]}. Parameters: {@code filters [rows, columns,
 * C/groups, filters]} and {@code bias [filters]}.
 *
 * <pre>{@code
 * Layer layer = Conv2d.of(32, 3).padding(Padding.SAME).activation(new Relu());
 * }</pre>
 *
 * @param filters how many features are detected, 1 or more
 * @param rows height of a filter
 * @param columns width of a filter
 * @param stride the step between positions, in both directions; 1 by default
 * @param dilation the distance between a filter's elements; 1 by default
 * @param groups into how many independent groups the channels are divided; 1 by default
 * @param padding how the image is padded; {@link Padding#VALID} by default
 * @param bias whether each filter has a bias; yes by default
 * @param activation applied to the result; identity by default
 * @param initializer first values of the filters; by default He's for piecewise linear activations, else Glorot's
 */
public record Conv2d(
        int filters,
        int rows,
        int columns,
        int stride,
        int dilation,
        int groups,
        Padding padding,
        boolean bias,
        Activation activation,
        Initializer initializer)
        implements Layer {

    /** @throws IllegalArgumentException if a number is below 1 */
    public Conv2d {
        if (filters < 1 || rows < 1 || columns < 1 || stride < 1 || dilation < 1 || groups < 1) {
            throw new IllegalArgumentException("conv2d: expected filters, size, stride, dilation and groups of 1 or"
                    + " more, received " + filters + " filters of " + rows + "×" + columns + ", stride " + stride
                    + ", dilation " + dilation + ", groups " + groups);
        }
    }

    /** Square filters with everything else as usual. */
    public static Conv2d of(int filters, int size) {
        return new Conv2d(filters, size, size, 1, 1, 1, Padding.VALID, true, new Identity(), new Automatic());
    }

    /** The same with another padding. */
    public Conv2d padding(Padding other) {
        return new Conv2d(filters, rows, columns, stride, dilation, groups, other, bias, activation, initializer);
    }

    /** The same with another stride. */
    public Conv2d stride(int other) {
        return new Conv2d(filters, rows, columns, other, dilation, groups, padding, bias, activation, initializer);
    }

    /** The same with another dilation. */
    public Conv2d dilation(int other) {
        return new Conv2d(filters, rows, columns, stride, other, groups, padding, bias, activation, initializer);
    }

    /** The same with another number of groups. */
    public Conv2d groups(int other) {
        return new Conv2d(filters, rows, columns, stride, dilation, other, padding, bias, activation, initializer);
    }

    /** The same without bias, as in front of a batch norm. */
    public Conv2d withoutBias() {
        return new Conv2d(filters, rows, columns, stride, dilation, groups, padding, false, activation, initializer);
    }

    /** The same with another activation. */
    public Conv2d activation(Activation other) {
        return new Conv2d(filters, rows, columns, stride, dilation, groups, padding, bias, other, initializer);
    }

    /** The same with other first values. */
    public Conv2d initializer(Initializer other) {
        return new Conv2d(filters, rows, columns, stride, dilation, groups, padding, bias, activation, other);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("conv2d")) {
            Images.check("conv2d", g, x);
            return add(g, x);
        }
    }

    /** Adds it within the layer that is open. */
    Value add(GraphBuilder g, Value x) {
        Window vertical = padding.vertical(
                new Window(rows, stride, dilation, 0, 0), x.shape().size(1));
        Window horizontal = padding.horizontal(
                new Window(columns, stride, dilation, 0, 0), x.shape().size(2));
        Shape shape = Shape.of(rows, columns, Math.max(1, x.shape().size(3) / groups), filters);
        Value w = g.parameter("filters", shape, Automatic.resolve(initializer, activation), true);
        Value z = g.add(new dev.halfwave.op.Conv2d(vertical, horizontal, groups), x, w);
        if (bias) {
            z = g.add(new BiasAdd(), z, g.parameter("bias", Shape.of(filters), new Constant(0), true));
        }
        return Activate.add(g, activation, z);
    }
}
