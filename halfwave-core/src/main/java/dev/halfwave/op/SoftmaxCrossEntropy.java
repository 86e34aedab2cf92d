package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of softmax probabilities, averaged over the batch: {@code mean(ln Σ eˣ − x[label])}.
 *
 * <p>Inputs: logits {@code [N, K]} and labels {@code [N]}, class numbers from 0 to K − 1 stored as floats; output: the
 * loss as a scalar. Taking both in one op keeps it finite where a probability would round to 0. Labels get no gradient.
 */
public record SoftmaxCrossEntropy() implements Op {
    @Override
    public String name() {
        return "softmax_cross_entropy";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return RowLoss.infer(inputs);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        Shape logits = inputs.get(0).shape();
        double[] x = inputs.get(0).data();
        return RowLoss.mean(
                logits, inputs.get(1).data(), (from, label) -> Softmax.logTotal(x, from, logits.size(1)) - x[label]);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dloss) {
        Value dlogits = g.add(new SoftmaxCrossEntropyGradient(), node.input(0), node.input(1), dloss);
        return Arrays.asList(dlogits, null);
    }

    @Override
    public Step lower(Lowering lowering) {
        return RowLoss.lower(lowering, lowering.kernels().rows()::crossEntropy);
    }
}
