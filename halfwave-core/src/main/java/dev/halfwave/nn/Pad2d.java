package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Take;
import dev.halfwave.tensor.Indices;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A border made of the image itself: {@code [N, H, W, C]} to {@code [N, top + H + bottom, left + W + right, C]}.
 * {@link ZeroPad2d} makes one of zeros.
 *
 * @param border what stands in it
 * @param top rows added above, 0 or more
 * @param bottom rows added below, 0 or more
 * @param left columns added to the left, 0 or more
 * @param right columns added to the right, 0 or more
 */
public record Pad2d(Border border, int top, int bottom, int left, int right) implements Layer {

    /** @throws IllegalArgumentException if a number is below 0 */
    public Pad2d {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
            throw new IllegalArgumentException("pad2d: expected 0 or more on every side, received top " + top
                    + ", bottom " + bottom + ", left " + left + ", right " + right);
        }
    }

    /** What stands in a border. */
    public enum Border {
        /** The image mirrored in its outermost pixels, which are not repeated: {@code c b | a b c | b a}. */
        REFLECT,
        /** The outermost pixels: {@code a a | a b c | c c}. */
        REPLICATE,
        /** The other side of the image: {@code b c | a b c | a b}. */
        WRAP;

        /** How far it reaches at most. */
        private int most(int size) {
            return switch (this) {
                case REFLECT -> size - 1;
                case REPLICATE -> size == 0 ? 0 : Integer.MAX_VALUE;
                case WRAP -> size;
            };
        }

        /** The element of an axis that stands at a place which may lie outside. */
        private int source(int at, int size) {
            return switch (this) {
                case REFLECT -> at < 0 ? -at : at < size ? at : 2 * (size - 1) - at;
                case REPLICATE -> Math.max(0, Math.min(size - 1, at));
                case WRAP -> Math.floorMod(at, size);
            };
        }
    }

    /** The same amount mirrored on all sides. */
    public static Pad2d reflect(int amount) {
        return new Pad2d(Border.REFLECT, amount, amount, amount, amount);
    }

    /** The outermost pixels repeated as often on all sides. */
    public static Pad2d replicate(int amount) {
        return new Pad2d(Border.REPLICATE, amount, amount, amount, amount);
    }

    /** The same amount of the opposite side on all sides. */
    public static Pad2d wrap(int amount) {
        return new Pad2d(Border.WRAP, amount, amount, amount, amount);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("pad2d")) {
            Images.check("pad2d", g, x);
            return pad(g, pad(g, x, 1, top, bottom), 2, left, right);
        }
    }

    private Value pad(GraphBuilder g, Value x, int axis, int before, int after) {
        int size = x.shape().size(axis);
        int most = border.most(size);
        if (Math.max(before, after) > most) {
            throw new IllegalArgumentException(
                    Images.where("pad2d", g) + ": expected a border of up to " + most + " to "
                            + border.name().toLowerCase(Locale.ROOT) + " " + size + (axis == 1 ? " rows" : " columns")
                            + ", received " + before + " and " + after + "; use a smaller border or a ZeroPad2d");
        }
        int[] sources = IntStream.range(-before, Math.addExact(size, after))
                .map(at -> border.source(at, size))
                .toArray();
        return before + after == 0 ? x : g.add(new Take(axis, Indices.of(sources)), x);
    }
}
