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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hinge loss of a multi-class support vector machine, averaged over the batch: rectifiers again.
 *
 * <p>{@code mean(Σ_{j ≠ label} max(0, x[j] − x[label] + margin))}. Inputs: logits {@code [N, K]} and labels {@code
 * [N]}, class numbers from 0 to K − 1 stored as floats; output: the loss as a scalar. Labels get no gradient.
 *
 * @param margin by how much the true class's logit must exceed every other, above 0; 1 is usual
 * @see <a href="https://www.esann.org/sites/default/files/proceedings/legacy/es1999-461.pdf">Weston and Watkins
 *     1999</a>
 */
public record MulticlassHinge(double margin) implements Op {

    /** @throws IllegalArgumentException if the margin is not a positive number */
    public MulticlassHinge {
        checkMargin(margin);
    }

    static void checkMargin(double margin) {
        if (!(margin > 0 && margin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "multiclass hinge: expected a margin above 0, received " + margin + "; 1 is usual");
        }
    }

    @Override
    public String name() {
        return "multiclass_hinge";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return RowLoss.infer(inputs);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        Shape logits = inputs.get(0).shape();
        double[] x = inputs.get(0).data();
        return RowLoss.mean(logits, inputs.get(1).data(), (from, label) -> {
            double loss = 0;
            for (int j = from; j < from + logits.size(1); j++) {
                loss += j == label ? 0 : Math.max(0, x[j] - x[label] + margin);
            }
            return loss;
        });
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dloss) {
        Value dlogits = g.add(new MulticlassHingeGradient(margin), node.input(0), node.input(1), dloss);
        return Arrays.asList(dlogits, null);
    }

    @Override
    public Step lower(Lowering lowering) {
        RowKernels kernels = lowering.kernels().rows();
        return RowLoss.lower(
                lowering,
                (x, xo, labels, lo, loss, losso, rows, n) ->
                        kernels.hinge(x, xo, labels, lo, (float) margin, loss, losso, rows, n));
    }
}
