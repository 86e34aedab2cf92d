package dev.halfwave.train;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.SoftmaxCrossEntropy;

/** Softmax with cross-entropy: minus the logarithm of the right class's probability. */
public record SoftmaxLoss() implements Loss {
    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public Value apply(GraphBuilder g, Value logits, Value labels) {
        return g.add(new SoftmaxCrossEntropy(), logits, labels);
    }
}
