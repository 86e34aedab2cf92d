package dev.halfwave.inspect;

import dev.halfwave.activation.Activation;
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
 * A piecewise linear activation held on the piece that z is on, and applied to something else: {@code y = f′(z) · u +
 * f(z) − f′(z) · z}. Inputs u and z and the output are of one shape.
 *
 * @param activation the function f
 */
record FrozenActivate(Activation activation) implements Op {
    private static final int GRAIN = 4096;

    @Override
    public String name() {
        return "frozen_" + activation.name().replace('-', '_');
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return inputs.subList(0, 1);
    }

    private double at(double u, double z) {
        double slope = activation.slopeAt(z);
        return slope * u + (activation.at(z) - slope * z);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor y = DoubleTensor.zeros(inputs.get(0).shape());
        for (int i = 0; i < y.data().length; i++) {
            y.data()[i] = at(inputs.get(0).data()[i], inputs.get(1).data()[i]);
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        throw Op.noGradient(node);
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot u = lowering.input(0);
        Slot z = lowering.input(1);
        Slot y = lowering.output(0);
        return Step.ranges(lowering.outputShape(0).elements(), GRAIN, (f, from, to) -> {
            float[] us = f.array(u);
            float[] zs = f.array(z);
            float[] ys = f.array(y);
            for (int i = from; i < to; i++) {
                ys[y.offset() + i] = (float) at(us[u.offset() + i], zs[z.offset() + i]);
            }
        });
    }
}
