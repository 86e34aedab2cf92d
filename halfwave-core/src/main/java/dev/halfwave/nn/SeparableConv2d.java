package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Automatic;

/**
 * Depthwise separable convolution: each channel is filtered by itself, then a 1×1 convolution mixes the channels.
 *
 * <p>Input {@code [N, H, W, C]}, output {@code [N, OH, OW, filters]}. Parameters: {@code conv2d_1.filters [size, size, 1,
 * C · multiplier]}, {@code conv2d_2.filters [1, 1, C · multiplier, filters]} and {@code conv2d_2.bias [filters]}. Between
 * the two there is neither bias nor activation.
 *
 * @param filters how many features are detected, 1 or more
 * @param size height and width of the filters of single channels
 * @param multiplier how many filters each channel has; 1 by default
 * @param stride the step between positions; 1 by default
 * @param dilation the distance between a filter's elements; 1 by default
 * @param padding how the image is padded; {@link Padding#VALID} by default
 * @param bias whether each feature has a bias; yes by default
 * @param activation applied to the result; identity by default
 * @param initializer first values of both filters; by default Glorot's, and He's in front of piecewise linear activations
 * @see <a href="https://arxiv.org/abs/1610.02357">Chollet 2017</a>
 */
public record SeparableConv2d(
        int filters,
        int size,
        int multiplier,
        int stride,
        int dilation,
        Padding padding,
        boolean bias,
        Activation activation,
        Initializer initializer)
        implements Layer {

    /** @throws IllegalArgumentException if a number is below 1 */
    public SeparableConv2d {
        if (filters < 1 || size < 1 || multiplier < 1 || stride < 1 || dilation < 1) {
            throw new IllegalArgumentException("separable_conv2d: expected filters, size, multiplier, stride and"
                    + " dilation of 1 or more, received " + filters + " filters of " + size + "×" + size
                    + ", multiplier " + multiplier + ", stride " + stride + ", dilation " + dilation);
        }
    }

    /** Everything else as usual. */
    public static SeparableConv2d of(int filters, int size) {
        return new SeparableConv2d(filters, size, 1, 1, 1, Padding.VALID, true, new Identity(), new Automatic());
    }

    /** The same with another padding. */
    public SeparableConv2d padding(Padding other) {
        return new SeparableConv2d(filters, size, multiplier, stride, dilation, other, bias, activation, initializer);
    }

    /** The same with another stride. */
    public SeparableConv2d stride(int other) {
        return new SeparableConv2d(filters, size, multiplier, other, dilation, padding, bias, activation, initializer);
    }

    /** The same with another number of filters per channel. */
    public SeparableConv2d multiplier(int other) {
        return new SeparableConv2d(filters, size, other, stride, dilation, padding, bias, activation, initializer);
    }

    /** The same without bias, as in front of a batch norm. */
    public SeparableConv2d withoutBias() {
        return new SeparableConv2d(
                filters, size, multiplier, stride, dilation, padding, false, activation, initializer);
    }

    /** The same with another activation. */
    public SeparableConv2d activation(Activation other) {
        return new SeparableConv2d(filters, size, multiplier, stride, dilation, padding, bias, other, initializer);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("separable_conv2d")) {
            Images.check("separable_conv2d", g, x);
            int channels = x.shape().size(3);
            Layer depthwise = Conv2d.of(Math.multiplyExact(channels, multiplier), size)
                    .groups(channels)
                    .stride(stride)
                    .dilation(dilation)
                    .padding(padding)
                    .withoutBias()
                    .initializer(initializer);
            Conv2d pointwise = Conv2d.of(filters, 1).activation(activation).initializer(initializer);
            return (bias ? pointwise : pointwise.withoutBias()).apply(g, depthwise.apply(g, x));
        }
    }
}
