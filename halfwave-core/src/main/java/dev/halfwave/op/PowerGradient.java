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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a power {@code y = aᵇ} with respect to its exponent, before it is summed back: {@code ln a · y · dy}, and
 * 0 where y is 0.
 *
 * <p>Inputs: dy, a and y; a is repeated to the shape of the other two.
 */
public record PowerGradient() implements Op {
    @Override
    public String name() {
        return "power_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 3, 3);
        Expect.shape("a gradient", inputs.get(0), inputs.get(2));
        return new Broadcast(inputs.get(2)).infer(List.of(inputs.get(1)));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor a = inputs.get(1);
        DoubleTensor y = inputs.get(2);
        DoubleTensor db = DoubleTensor.zeros(y.shape());
        for (int i = 0; i < db.data().length; i++) {
            double base = a.data()[Broadcasting.source(a.shape(), y.shape(), i)];
            db.data()[i] = at(inputs.get(0).data()[i], base, y.data()[i]);
        }
        return List.of(db);
    }

    private static double at(double dy, double a, double y) {
        return y == 0 ? 0 : Math.log(a) * y * dy;
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        throw Op.noGradient(node);
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot dy = lowering.input(0);
        Slot a = lowering.input(1);
        Slot y = lowering.input(2);
        Slot db = lowering.output(0);
        Shape shape = lowering.outputShape(0);
        Lockstep walk = Broadcasting.walk(shape, lowering.inputShape(1));
        return walk.pieces(shape.elements(), (f, run, skip, first, n) -> {
            float[] dys = f.array(dy);
            float[] as = f.array(a);
            float[] ys = f.array(y);
            float[] dbs = f.array(db);
            int ao = a.offset() + walk.start(0, run, skip);
            for (int i = 0; i < n; i++) {
                float base = as[ao + i * walk.step(0)];
                dbs[db.offset() + first + i] =
                        (float) at(dys[dy.offset() + first + i], base, ys[y.offset() + first + i]);
            }
        });
    }

    @Override
    public boolean inPlace(int input) {
        return input != 1;
    }
}
