package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Embed;

/**
 * A border of zeros: {@code [N, H, W, C]} to {@code [N, top + H + bottom, left + W + right, C]}.
 *
 * @param top rows added above, 0 or more
 * @param bottom rows added below, 0 or more
 * @param left columns added to the left, 0 or more
 * @param right columns added to the right, 0 or more
 */
public record ZeroPad2d(int top, int bottom, int left, int right) implements Layer {

    /** @throws IllegalArgumentException if a number is below 0 */
    public ZeroPad2d {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
            throw new IllegalArgumentException("zero_pad2d: expected 0 or more on every side, received top " + top
                    + ", bottom " + bottom + ", left " + left + ", right " + right);
        }
    }

    /** The same amount on all sides. */
    public static ZeroPad2d of(int amount) {
        return new ZeroPad2d(amount, amount, amount, amount);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("zero_pad2d")) {
            Images.check("zero_pad2d", g, x);
            return pad(g, pad(g, x, 1, top, bottom), 2, left, right);
        }
    }

    private static Value pad(GraphBuilder g, Value x, int axis, int before, int after) {
        int total = Math.addExact(x.shape().size(axis), Math.addExact(before, after));
        return before + after == 0 ? x : g.add(new Embed(axis, before, total), x);
    }
}
