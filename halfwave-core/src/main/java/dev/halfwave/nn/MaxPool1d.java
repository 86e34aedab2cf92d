package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Window;

/**
 * The largest value of each window: {@code [N, L, C]} to {@code [N, OL, C]}. Padding never wins.
 *
 * @param size length of the window
 * @param stride the step between positions
 * @param padding how the sequence is padded, its top being the start
 */
public record MaxPool1d(int size, int stride, Padding padding) implements Layer {
    /** Windows that touch but do not overlap. */
    public static MaxPool1d of(int size) {
        return new MaxPool1d(size, size, Padding.VALID);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("max_pool1d")) {
            Sequences.check("max_pool1d", g, x);
            Window along = padding.vertical(Window.of(size, stride), x.shape().size(1));
            Value image = Sequences.image(g, x);
            return Sequences.sequence(g, g.add(new dev.halfwave.op.MaxPool2d(along, Window.of(1, 1)), image));
        }
    }
}
