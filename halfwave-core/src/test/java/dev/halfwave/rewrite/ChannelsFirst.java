package dev.halfwave.rewrite;

import dev.halfwave.activation.Relu;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.List;

/** Layers on {@code [N, C, H, W]} as an importer writes them: channels-last ops between transposes. */
final class ChannelsFirst {
    static final Transpose TO_LAST = Transpose.of(0, 2, 3, 1);
    static final Transpose TO_FIRST = Transpose.of(0, 3, 1, 2);

    private final GraphBuilder g;
    private int parameters;

    ChannelsFirst(GraphBuilder g) {
        this.g = g;
    }

    Value conv(Value x, int size, int filters) {
        Window window = new Window(size, 1, 1, size / 2, size / 2);
        Value w = parameter(Shape.of(size, size, x.shape().size(1), filters));
        Value b = parameter(Shape.of(filters));
        return first(g.add(new Conv2d(window, window, 1), last(x), w, b));
    }

    Value maxPool(Value x) {
        Window window = Window.of(2, 2);
        return first(g.add(new MaxPool2d(window, window), last(x)));
    }

    Value norm(Value x) {
        Shape c = Shape.of(x.shape().size(1));
        Value variance = Law.parameter(g, "p" + parameters++ + ".variance", c);
        return first(g.add(new FrozenBatchNorm(1e-5), last(x), parameter(c), parameter(c), parameter(c), variance));
    }

    Value relu(Value x) {
        return g.add(new Activate(new Relu()), x);
    }

    Value binary(BinaryFunction function, Value a, Value b) {
        return g.add(new Binary(function), a, b);
    }

    Value globalMean(Value x) {
        return g.add(new Reduce(Reduction.MEAN, List.of(2, 3), true), x);
    }

    Value dense(Value x, int outputs) {
        Value flat = g.add(
                new Reshape(Shape.of(x.shape().size(0), x.shape().dropFirst().elements())), x);
        return g.add(
                new MatMul(false, false), flat, parameter(Shape.of(flat.shape().size(1), outputs)));
    }

    Value parameter(Shape shape) {
        return Law.parameter(g, "p" + parameters++, shape);
    }

    Value last(Value x) {
        return g.add(TO_LAST, x);
    }

    Value first(Value x) {
        return g.add(TO_FIRST, x);
    }
}
