package dev.halfwave.kernel;

import dev.halfwave.tensor.Window;
import java.util.Locale;

/**
 * What a convolution's kernel computes, as far as its time depends on that.
 *
 * <p>Bias and activation are left out: every algorithm spends the same on them.
 *
 * @param direction which product
 * @param geometry its sizes
 */
public record ConvPass(Direction direction, ConvGeometry geometry) {
    /** The products of a layer. */
    public enum Direction {
        /** Images and filters to the output. */
        FORWARD,
        /** The same, added to what the output holds already. */
        FORWARD_ONTO,
        /** Images and filters to the largest of every two by two pixels of the output. */
        FORWARD_POOLED,
        /** The output's gradient and filters to the images' gradient. */
        BACKWARD_DATA,
        /** Images and the output's gradient to the filters' gradient. */
        BACKWARD_FILTERS
    }

    /** All of it in a line, as in {@code forward 64x28x28x1 by 5x5x1x6, rows 1/1/2+2, columns 1/1/2+2, groups 1}. */
    @Override
    public String toString() {
        ConvGeometry g = geometry;
        return String.format(
                Locale.ROOT,
                "%s %dx%dx%dx%d by %dx%dx%dx%d, rows %s, columns %s, groups %d",
                direction.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                g.n(),
                g.h(),
                g.w(),
                g.c(),
                g.r(),
                g.s(),
                g.groupC(),
                g.k(),
                text(g.vertical()),
                text(g.horizontal()),
                g.groups());
    }

    /** Stride, dilation and padding. */
    private static String text(Window window) {
        return window.stride() + "/" + window.dilation() + "/" + window.before() + "+" + window.after();
    }
}
