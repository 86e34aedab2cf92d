package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ChannelKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link FrozenBatchNorm}, whose statistics are constants.
 *
 * <p>With σ = √(variance + ε): {@code dx = dy · γ/σ}, {@code dγ = Σ dy · (x − mean) / σ}, {@code dβ = Σ dy}. Inputs: dy
 * and x {@code [..., C]}, then gamma, mean and variance {@code [C]}; outputs: dx {@code [..., C]}, dgamma and dbeta
 * {@code [C]}.
 *
 * @param epsilon as in the normalisation
 */
public record FrozenBatchNormGradient(double epsilon) implements Op {

    /** @throws IllegalArgumentException if epsilon is not a positive number */
    public FrozenBatchNormGradient {
        Normalization.check(epsilon);
    }

    @Override
    public String name() {
        return "frozen_batch_norm_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return Normalization.gradients(inputs);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] dy = inputs.get(0).data();
        double[] x = inputs.get(1).data();
        DoubleTensor dx = DoubleTensor.zeros(inputs.get(1).shape());
        DoubleTensor dgamma = DoubleTensor.zeros(inputs.get(2).shape());
        DoubleTensor dbeta = DoubleTensor.zeros(inputs.get(2).shape());
        for (int i = 0; i < x.length; i++) {
            int c = i % dbeta.data().length;
            double inverse = new Normalization(epsilon).inverse(inputs.get(4).data()[c]);
            dx.data()[i] = dy[i] * inputs.get(2).data()[c] * inverse;
            dgamma.data()[c] += dy[i] * (x[i] - inputs.get(3).data()[c]) * inverse;
            dbeta.data()[c] += dy[i];
        }
        return List.of(dx, dgamma, dbeta);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value ddx) {
        throw Op.noGradient(node);
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 5L * outputs.get(0).elements(); // dβ 1, dγ 3, dx 1
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot dy = lowering.input(0);
        Slot gamma = lowering.input(2);
        Slot variance = lowering.input(4);
        Slot dx = lowering.output(0);
        int c = lowering.inputShape(2).elements();
        Slot scale = lowering.scratch(c);
        Slot zeros = lowering.scratch(c);
        Normalization normalization = new Normalization(epsilon);
        ChannelKernels kernels = lowering.kernels().channels();
        return Step.sequence(
                normalization.parameterGradients(lowering),
                f -> {
                    normalization.scales(f, gamma, variance, scale, c);
                    Arrays.fill(f.array(zeros), zeros.offset(), zeros.offset() + c, 0f);
                },
                Grain.rows(
                        lowering.inputShape(0).rows(),
                        c,
                        (f, from, to) -> kernels.scaleShift(
                                f.array(dy),
                                dy.offset() + from * c,
                                f.array(scale),
                                scale.offset(),
                                f.array(zeros),
                                zeros.offset(),
                                f.array(dx),
                                dx.offset() + from * c,
                                to - from,
                                c)));
    }

    @Override
    public boolean inPlace(int input) {
        return input == 0;
    }
}
