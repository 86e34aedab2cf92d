package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.BlockMath;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A function of two tensors, element by element: {@code y = a ∘ b}, where a and b are repeated to one shape by NumPy's
 * rule.
 *
 * <p>The gradient of what was repeated is the sum over the repetitions. Of a maximum or minimum it goes to the operand that
 * was taken, to a if both are equal. None flows through conditions or whole quotients, which change in jumps.
 *
 * @param function ∘
 */
public record Binary(BinaryFunction function) implements Op {
    @Override
    public String name() {
        return function.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        return List.of(Broadcasting.shape(inputs));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor a = inputs.get(0);
        DoubleTensor b = inputs.get(1);
        DoubleTensor y = DoubleTensor.zeros(Broadcasting.shape(List.of(a.shape(), b.shape())));
        for (int i = 0; i < y.data().length; i++) {
            double left = a.data()[Broadcasting.source(a.shape(), y.shape(), i)];
            double right = b.data()[Broadcasting.source(b.shape(), y.shape(), i)];
            y.data()[i] = function.at(left, right);
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        List<@Nullable Value> gradients = BinaryGradient.of(function, g, node, dy);
        for (int i = 0; i < gradients.size(); i++) {
            Value gradient = gradients.get(i);
            if (gradient != null) {
                gradients.set(i, Broadcasting.sumBack(g, gradient, node.input(i).shape()));
            }
        }
        return gradients;
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot a = lowering.input(0);
        Slot b = lowering.input(1);
        Slot y = lowering.output(0);
        Shape shape = lowering.outputShape(0);
        Lockstep walk = Broadcasting.walk(shape, lowering.inputShape(0), lowering.inputShape(1));
        BlockMath.Binary loop = BinaryLoop.of(function, lowering.kernels().blocks(), walk.step(0), walk.step(1));
        return walk.pieces(
                shape.elements(),
                (f, run, skip, first, n) -> loop.run(
                        f.array(a),
                        a.offset() + walk.start(0, run, skip),
                        f.array(b),
                        b.offset() + walk.start(1, run, skip),
                        f.array(y),
                        y.offset() + first,
                        n));
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
