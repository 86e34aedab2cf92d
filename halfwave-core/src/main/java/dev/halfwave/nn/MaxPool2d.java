package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Window;

/**
 * The largest value of each window: {@code [N, H, W, C]} to {@code [N, OH, OW, C]}. Padding never wins.
 *
 * @param size height and width of the window
 * @param stride the step between positions
 * @param padding how the image is padded
 */
public record MaxPool2d(int size, int stride, Padding padding) implements Layer {
    /** Windows that touch but do not overlap. */
    public static MaxPool2d of(int size) {
        return new MaxPool2d(size, size, Padding.VALID);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("max_pool2d")) {
            Images.check("max_pool2d", g, x);
            Window vertical =
                    padding.vertical(Window.of(size, stride), x.shape().size(1));
            Window horizontal =
                    padding.horizontal(Window.of(size, stride), x.shape().size(2));
            return g.add(new dev.halfwave.op.MaxPool2d(vertical, horizontal), x);
        }
    }
}
