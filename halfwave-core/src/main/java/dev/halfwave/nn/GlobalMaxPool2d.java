package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;

/** The largest value of each channel over the whole image: {@code [N, H, W, C]} to {@code [N, C]}. */
public record GlobalMaxPool2d() implements Layer {
    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("global_max_pool2d")) {
            Images.check("global_max_pool2d", g, x);
            Shape s = x.shape();
            Window vertical = Window.of(s.size(1), 1);
            Window horizontal = Window.of(s.size(2), 1);
            Value max = g.add(new dev.halfwave.op.MaxPool2d(vertical, horizontal), x);
            return g.add(new Reshape(Shape.of(s.size(0), s.size(3))), max);
        }
    }
}
