package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Automatic;

/**
 * One-dimensional convolution: a bank of learnt feature detectors, each slid along a sequence.
 *
 * <p>Input {@code [N, L, C]}, output {@code [N, OL, filters]}. Parameters: {@code filters [size, 1, C/groups, filters]} and
 * {@code bias [filters]}. A size of 1 is a dense layer at every position.
 *
 * <pre>{@code
 * Layer layer = Conv1d.of(32, 5).padding(Padding.SAME).activation(new Relu());
 * }</pre>
 *
 * @param filters how many features are detected, 1 or more
 * @param size length of a filter
 * @param stride the step between positions; 1 by default
 * @param dilation the distance between a filter's elements; 1 by default
 * @param groups into how many independent groups the channels are divided; 1 by default
 * @param padding how the sequence is padded, its top being the start; {@link Padding#VALID} by default
 * @param bias whether each filter has a bias; yes by default
 * @param activation applied to the result; identity by default
 * @param initializer first values of the filters; by default He's for piecewise linear activations, else Glorot's
 */
public record Conv1d(
        int filters,
        int size,
        int stride,
        int dilation,
        int groups,
        Padding padding,
        boolean bias,
        Activation activation,
        Initializer initializer)
        implements Layer {

    /** @throws IllegalArgumentException if a number is below 1 */
    public Conv1d {
        if (filters < 1 || size < 1 || stride < 1 || dilation < 1 || groups < 1) {
            throw new IllegalArgumentException("conv1d: expected filters, size, stride, dilation and groups of 1 or"
                    + " more, received " + filters + " filters of " + size + ", stride " + stride + ", dilation "
                    + dilation + ", groups " + groups);
        }
    }

    /** Everything else as usual. */
    public static Conv1d of(int filters, int size) {
        return new Conv1d(filters, size, 1, 1, 1, Padding.VALID, true, new Identity(), new Automatic());
    }

    /** The same with another padding. */
    public Conv1d padding(Padding other) {
        return new Conv1d(filters, size, stride, dilation, groups, other, bias, activation, initializer);
    }

    /** The same, looking back only: what a position gives does not depend on later ones. */
    public Conv1d causal() {
        return padding(new Padding(Padding.Kind.EXPLICIT, Math.multiplyExact(size - 1, dilation), 0, 0, 0));
    }

    /** The same with another stride. */
    public Conv1d stride(int other) {
        return new Conv1d(filters, size, other, dilation, groups, padding, bias, activation, initializer);
    }

    /** The same with another dilation. */
    public Conv1d dilation(int other) {
        return new Conv1d(filters, size, stride, other, groups, padding, bias, activation, initializer);
    }

    /** The same with another number of groups. */
    public Conv1d groups(int other) {
        return new Conv1d(filters, size, stride, dilation, other, padding, bias, activation, initializer);
    }

    /** The same without bias, as in front of a batch norm. */
    public Conv1d withoutBias() {
        return new Conv1d(filters, size, stride, dilation, groups, padding, false, activation, initializer);
    }

    /** The same with another activation. */
    public Conv1d activation(Activation other) {
        return new Conv1d(filters, size, stride, dilation, groups, padding, bias, other, initializer);
    }

    /** The same with other first values. */
    public Conv1d initializer(Initializer other) {
        return new Conv1d(filters, size, stride, dilation, groups, padding, bias, activation, other);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("conv1d")) {
            Sequences.check("conv1d", g, x);
            Conv2d tall = new Conv2d(
                    filters, size, 1, stride, dilation, groups, padding.alongRows(), bias, activation, initializer);
            return Sequences.sequence(g, tall.add(g, Sequences.image(g, x)));
        }
    }
}
