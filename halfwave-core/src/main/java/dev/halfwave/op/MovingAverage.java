package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of an exponential moving average: {@code (1 − weight) · old + weight · new}.
 *
 * <p>Inputs: the average so far and the new value, of one shape, which is also the output's. It is for statistics that
 * training keeps and carries no gradient.
 *
 * @param weight the new value's share, from 0 to 1; 0.1 is usual
 */
public record MovingAverage(double weight) implements Op {

    /** @throws IllegalArgumentException if the weight is not in [0, 1] */
    public MovingAverage {
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("moving average: expected a weight from 0 to 1, received " + weight
                    + "; it is the new value's share, 0.1 is usual");
        }
    }

    @Override
    public String name() {
        return "moving_average";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        Expect.shape("a new value", inputs.get(1), inputs.get(0));
        return List.of(inputs.get(0));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor average = DoubleTensor.zeros(inputs.get(0).shape());
        for (int i = 0; i < average.data().length; i++) {
            average.data()[i] = (1 - weight) * inputs.get(0).data()[i]
                    + weight * inputs.get(1).data()[i];
        }
        return List.of(average);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        throw Op.noGradient(node);
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot old = lowering.input(0);
        Slot now = lowering.input(1);
        Slot out = lowering.output(0);
        ElementwiseKernels kernels = lowering.kernels().elementwise();
        return Grain.elements(
                lowering.outputShape(0).elements(),
                (f, from, to) -> kernels.mix(
                        f.array(old),
                        old.offset() + from,
                        f.array(now),
                        now.offset() + from,
                        (float) weight,
                        f.array(out),
                        out.offset() + from,
                        to - from));
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
