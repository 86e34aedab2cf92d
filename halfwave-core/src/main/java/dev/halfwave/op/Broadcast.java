package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a tensor along the axes that it lacks in front, and along those on which it has size 1.
 *
 * <p>{@code [C]} and {@code [1, 1, C]} to {@code [H, W, C]}, for example. The gradient is the sum over the repetitions.
 *
 * @param shape the sizes to repeat to
 * @see <a href="https://numpy.org/doc/stable/user/basics.broadcasting.html">Broadcasting in NumPy</a>
 */
public record Broadcast(Shape shape) implements Op {
    @Override
    public String name() {
        return "broadcast";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Shape x = inputs.get(0);
        if (x.rank() > shape.rank() || !Broadcasting.shape(List.of(x, shape)).equals(shape)) {
            throw new IllegalArgumentException(
                    "expected an input that can be repeated to " + shape + ", received " + x);
        }
        return List.of(shape);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor y = DoubleTensor.zeros(shape);
        for (int i = 0; i < y.data().length; i++) {
            y.data()[i] = x.data()[Broadcasting.source(x.shape(), shape, i)];
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(Broadcasting.sumBack(g, dy, node.input(0).shape()));
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        if (x.equals(y)) {
            return Step.sequence();
        }
        Lockstep walk = Broadcasting.walk(shape, lowering.inputShape(0));
        if (walk.step(0) == 0) {
            return walk.pieces(shape.elements(), (f, run, skip, first, n) -> {
                float value = f.array(x)[x.offset() + walk.start(0, run)];
                Arrays.fill(f.array(y), y.offset() + first, y.offset() + first + n, value);
            });
        }
        return walk.pieces(
                shape.elements(),
                (f, run, skip, first, n) -> System.arraycopy(
                        f.array(x), x.offset() + walk.start(0, run, skip), f.array(y), y.offset() + first, n));
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
