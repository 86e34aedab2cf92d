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
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses element by element: {@code condition ≠ 0 ? x : y}, where what is not a number counts as true.
 *
 * <p>Inputs: the condition, x and y, which are repeated to one shape by NumPy's rule. Gradients flow to x and y, each where
 * it was chosen, and none to the condition.
 */
public record Where() implements Op {
    @Override
    public String name() {
        return "where";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 3, 3);
        return List.of(Broadcasting.shape(inputs));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        Shape shape =
                Broadcasting.shape(inputs.stream().map(DoubleTensor::shape).toList());
        DoubleTensor out = DoubleTensor.zeros(shape);
        for (int i = 0; i < out.data().length; i++) {
            DoubleTensor chosen = inputs.get(at(inputs.get(0), shape, i) != 0 ? 1 : 2);
            out.data()[i] = at(chosen, shape, i);
        }
        return List.of(out);
    }

    private static double at(DoubleTensor in, Shape out, int element) {
        return in.data()[Broadcasting.source(in.shape(), out, element)];
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value condition = node.input(0);
        Value zero = g.constant(Tensor.zeros(Shape.of()));
        Value dx = g.add(new Where(), condition, dy, zero);
        Value other = g.add(new Where(), condition, zero, dy);
        return Arrays.asList(
                null,
                Broadcasting.sumBack(g, dx, node.input(1).shape()),
                Broadcasting.sumBack(g, other, node.input(2).shape()));
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot condition = lowering.input(0);
        Slot x = lowering.input(1);
        Slot y = lowering.input(2);
        Slot out = lowering.output(0);
        Shape shape = lowering.outputShape(0);
        Lockstep walk =
                Broadcasting.walk(shape, lowering.inputShape(0), lowering.inputShape(1), lowering.inputShape(2));
        return walk.pieces(
                shape.elements(),
                (f, run, skip, first, n) -> choose(
                        f.array(condition),
                        condition.offset() + walk.start(0, run, skip),
                        walk.step(0),
                        f.array(x),
                        x.offset() + walk.start(1, run, skip),
                        walk.step(1),
                        f.array(y),
                        y.offset() + walk.start(2, run, skip),
                        walk.step(2),
                        f.array(out),
                        out.offset() + first,
                        n));
    }

    private static void choose(
            float[] condition,
            int co,
            int cs,
            float[] x,
            int xo,
            int xs,
            float[] y,
            int yo,
            int ys,
            float[] out,
            int oo,
            int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] = condition[co + i * cs] != 0 ? x[xo + i * xs] : y[yo + i * ys];
        }
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
