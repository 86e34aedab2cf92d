package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.RowKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link MulticlassHinge}: dloss / N for every active term's logit, minus their sum for the true
 * class's. At the kink a term counts as inactive.
 *
 * <p>Inputs: logits {@code [N, K]}, labels {@code [N]} and dloss, a scalar; output {@code [N, K]}.
 *
 * @param margin as in the loss
 */
public record MulticlassHingeGradient(double margin) implements Op {

    /** @throws IllegalArgumentException if the margin is not a positive number */
    public MulticlassHingeGradient {
        MulticlassHinge.checkMargin(margin);
    }

    @Override
    public String name() {
        return "multiclass_hinge_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return RowLoss.inferGradient(inputs);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] x = inputs.get(0).data();
        double[] labels = inputs.get(1).data();
        double scale = inputs.get(2).data()[0] / labels.length;
        DoubleTensor dx = DoubleTensor.zeros(inputs.get(0).shape());
        int n = dx.shape().size(1);
        for (int i = 0; i < x.length; i++) {
            int label = i / n * n + (int) labels[i / n];
            if (i != label && x[i] - x[label] + margin > 0) {
                dx.data()[i] += scale;
                dx.data()[label] -= scale;
            }
        }
        return List.of(dx);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value ddx) {
        throw Op.noGradient(node);
    }

    @Override
    public Step lower(Lowering lowering) {
        RowKernels kernels = lowering.kernels().rows();
        return RowLoss.lowerGradient(
                lowering,
                (x, xo, labels, lo, scale, dx, dxo, rows, n) ->
                        kernels.hingeGradient(x, xo, labels, lo, (float) margin, scale, dx, dxo, rows, n));
    }
}
