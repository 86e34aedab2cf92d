package dev.halfwave.inspect;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.Window;
import org.jspecify.annotations.Nullable;

/**
 * The part of an image that one place of a feature map sees; it may reach beyond the image, into padding.
 *
 * @param top its first row
 * @param bottom behind its last row
 * @param left its first column
 * @param right behind its last column
 */
public record ReceptiveField(int top, int bottom, int left, int right) {

    /**
     * What a place of a value {@code [N, H, W, C]} sees; all of the image for values without places.
     */
    static ReceptiveField of(Value value, int row, int column) {
        int[] rows = range(value, row, row + 1, 1);
        int[] columns = range(value, column, column + 1, 2);
        return new ReceptiveField(rows[0], rows[1], columns[0], columns[1]);
    }

    private static int[] range(Value value, int from, int to, int axis) {
        Node node = value.producer();
        if (node.op() instanceof Source) {
            return value.shape().rank() == 4 ? new int[] {from, to} : new int[] {0, 1};
        }
        Value first = node.input(0);
        Window window = window(node, axis);
        if (window != null) {
            int start = from * window.stride() - window.before();
            int end = (to - 1) * window.stride() - window.before() + window.span();
            return range(first, start, end, axis);
        }
        int[] all = null;
        for (Value input : node.inputs()) {
            if (!input.producer().isLasting()) {
                boolean samePlaces = input.shape().rank() == 4
                        && value.shape().rank() == 4
                        && input.shape().size(axis) == value.shape().size(axis);
                int[] seen = samePlaces
                        ? range(input, from, to, axis)
                        : range(
                                input,
                                0,
                                input.shape().rank() == 4 ? input.shape().size(axis) : 1,
                                axis);
                all = all == null ? seen : new int[] {Math.min(all[0], seen[0]), Math.max(all[1], seen[1])};
            }
        }
        return all == null ? new int[] {0, 1} : all;
    }

    private static @Nullable Window window(Node node, int axis) {
        if (node.op() instanceof Conv2d conv) {
            return axis == 1 ? conv.vertical() : conv.horizontal();
        }
        if (node.op() instanceof MaxPool2d pool) {
            return axis == 1 ? pool.vertical() : pool.horizontal();
        }
        if (node.op() instanceof AvgPool2d pool) {
            return axis == 1 ? pool.vertical() : pool.horizontal();
        }
        return null;
    }
}
