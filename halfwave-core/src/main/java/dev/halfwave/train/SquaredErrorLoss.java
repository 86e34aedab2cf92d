package dev.halfwave.train;

import dev.halfwave.activation.Formula;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Apply;
import dev.halfwave.op.BinaryFunction;

/**
 * The mean squared error of the logits: {@code (x[k] − y[k])²}, where y is 1 for the right class and 0 for every other; the
 * mean over classes and batch.
 *
 * @see <a href="https://arxiv.org/abs/2006.07322">Hui and Belkin 2021, on square loss for classification</a>
 */
public record SquaredErrorLoss() implements Loss {
    private static final Formula X = Formula.x();
    private static final Apply SQUARE = new Apply("square", X.times(X), X.times(2));

    @Override
    public String name() {
        return "mse";
    }

    @Override
    public Value apply(GraphBuilder g, Value logits, Value labels) {
        return applyTo(g, logits, Terms.targets(name(), g, logits, labels));
    }

    @Override
    public Value applyTo(GraphBuilder g, Value logits, Value targets) {
        return Terms.mean(g, g.add(SQUARE, Terms.of(g, logits, BinaryFunction.SUBTRACT, targets)));
    }
}
