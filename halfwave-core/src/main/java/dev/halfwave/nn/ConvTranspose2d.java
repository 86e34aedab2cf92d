package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Automatic;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.random.RandomGenerator;

/**
 * Transposed convolution, which enlarges images: every pixel adds its filters, weighted, to the result.
 *
 * <p>Input {@code [N, H, W, C]}, output {@code [N, OH, OW, filters]} with {@code OH = (H − 1)·stride + rows − top −
 * bottom + outputPadding}, or {@code H·stride} for {@link Padding#SAME}, and OW alike. Parameters: {@code filters [rows,
 * columns, filters, C]} and {@code bias [filters]}. It undoes the change of size of the {@link Conv2d} with the same
 * window.
 *
 * <pre>{@code
 * Layer twice = ConvTranspose2d.of(32, 4).stride(2).padding(Padding.of(1)).activation(new Relu());
 * }</pre>
 *
 * @param filters how many channels come out, 1 or more
 * @param rows height of a filter
 * @param columns width of a filter
 * @param stride the distance between two pixels' contributions, in both directions; 1 by default
 * @param padding how much is cut off the result's edges; {@link Padding#VALID}, nothing, by default
 * @param outputPadding rows and columns more at the lower and right edge, below stride; 0 by default
 * @param bias whether each channel has a bias; yes by default
 * @param activation applied to the result; identity by default
 * @param initializer first values of the filters, as for the convolution of C channels into {@code filters}; by default
 *     He's for piecewise linear activations, else Glorot's
 * @see <a href="https://arxiv.org/abs/1603.07285">Dumoulin and Visin 2016, chapter 4</a>
 */
public record ConvTranspose2d(
        int filters,
        int rows,
        int columns,
        int stride,
        Padding padding,
        int outputPadding,
        boolean bias,
        Activation activation,
        Initializer initializer)
        implements Layer {

    /** @throws IllegalArgumentException if a number is out of range */
    public ConvTranspose2d {
        if (filters < 1 || rows < 1 || columns < 1 || stride < 1) {
            throw new IllegalArgumentException("conv_transpose2d: expected filters, size and stride of 1 or more,"
                    + " received " + filters + " filters of " + rows + "×" + columns + ", stride " + stride);
        }
        if (outputPadding < 0 || outputPadding >= stride || outputPadding > 0 && padding.kind() == Padding.Kind.SAME) {
            throw new IllegalArgumentException("conv_transpose2d: expected an output padding from 0 to below the stride"
                    + " of " + stride + ", 0 for padding SAME, received " + outputPadding);
        }
    }

    /** Square filters with everything else as usual. */
    public static ConvTranspose2d of(int filters, int size) {
        return new ConvTranspose2d(filters, size, size, 1, Padding.VALID, 0, true, new Identity(), new Automatic());
    }

    /** The same with another stride. */
    public ConvTranspose2d stride(int other) {
        return new ConvTranspose2d(
                filters, rows, columns, other, padding, outputPadding, bias, activation, initializer);
    }

    /** The same with another padding. */
    public ConvTranspose2d padding(Padding other) {
        return new ConvTranspose2d(filters, rows, columns, stride, other, outputPadding, bias, activation, initializer);
    }

    /** The same with another output padding; set the stride first. */
    public ConvTranspose2d outputPadding(int other) {
        return new ConvTranspose2d(filters, rows, columns, stride, padding, other, bias, activation, initializer);
    }

    /** The same without bias, as in front of a batch norm. */
    public ConvTranspose2d withoutBias() {
        return new ConvTranspose2d(
                filters, rows, columns, stride, padding, outputPadding, false, activation, initializer);
    }

    /** The same with another activation. */
    public ConvTranspose2d activation(Activation other) {
        return new ConvTranspose2d(filters, rows, columns, stride, padding, outputPadding, bias, other, initializer);
    }

    /** The same with other first values. */
    public ConvTranspose2d initializer(Initializer other) {
        return new ConvTranspose2d(filters, rows, columns, stride, padding, outputPadding, bias, activation, other);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("conv_transpose2d")) {
            Images.check("conv_transpose2d", g, x);
            int h = x.shape().size(1);
            int w = x.shape().size(2);
            Window vertical = padding.vertical(Window.of(rows, stride), h * stride);
            Window horizontal = padding.horizontal(Window.of(columns, stride), w * stride);
            Shape shape = Shape.of(rows, columns, filters, x.shape().size(3));
            Initializer first = new Turned(Automatic.resolve(initializer, activation));
            Value z = g.add(
                    new Conv2dInputGradient(
                            vertical, horizontal, 1, enlarged(g, vertical, h), enlarged(g, horizontal, w)),
                    x,
                    g.parameter("filters", shape, first, true));
            if (bias) {
                z = g.add(new BiasAdd(), z, g.parameter("bias", Shape.of(filters), new Constant(0), true));
            }
            return Activate.add(g, activation, z);
        }
    }

    private int enlarged(GraphBuilder g, Window window, int size) {
        if (padding.kind() == Padding.Kind.SAME) {
            return size * stride;
        }
        int whole = (size - 1) * stride + window.size() + outputPadding;
        int left = whole - window.before() - window.after();
        if (left < 1) {
            throw new IllegalArgumentException(Images.where("conv_transpose2d", g) + ": expected padding of less than "
                    + whole + " in all, received " + window.before() + " and " + window.after()
                    + "; use less padding or larger filters");
        }
        return left;
    }

    /** First values for filters whose last two axes change places: the last one is what feeds an output here. */
    private record Turned(Initializer initializer) implements Initializer {
        @Override
        public void fill(Shape shape, float[] into, int offset, RandomGenerator random) {
            Shape turned = shape.with(2, shape.size(3)).with(3, shape.size(2));
            initializer.fill(turned, into, offset, random);
        }
    }
}
