package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link SoftmaxCrossEntropy}: {@code dx = dloss / N · (softmax(x) − onehot(label))}.
 *
 * <p>Inputs: logits {@code [N, K]}, labels {@code [N]} and dloss, a scalar; output {@code [N, K]}.
 */
public record SoftmaxCrossEntropyGradient() implements Op {
    @Override
    public String name() {
        return "softmax_cross_entropy_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return RowLoss.inferGradient(inputs);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] labels = inputs.get(1).data();
        double scale = inputs.get(2).data()[0] / labels.length;
        DoubleTensor dx =
                new DoubleTensor(inputs.get(0).shape(), inputs.get(0).data().clone());
        int n = dx.shape().size(1);
        for (int row = 0; row < labels.length; row++) {
            Softmax.probabilities(dx.data(), row * n, n);
            dx.data()[row * n + (int) labels[row]] -= 1;
        }
        for (int i = 0; i < dx.data().length; i++) {
            dx.data()[i] *= scale;
        }
        return List.of(dx);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value ddx) {
        throw Op.noGradient(node);
    }

    @Override
    public Step lower(Lowering lowering) {
        return RowLoss.lowerGradient(lowering, lowering.kernels().rows()::crossEntropyGradient);
    }
}
