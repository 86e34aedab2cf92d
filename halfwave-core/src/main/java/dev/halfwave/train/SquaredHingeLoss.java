package dev.halfwave.train;

import dev.halfwave.activation.Formula;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Apply;
import dev.halfwave.op.BinaryFunction;

/**
 * One support vector machine per class with a squared hinge: {@code Σ max(0, margin − t[k]·x[k])²} over the classes, where
 * t is 1 for the right class and −1 for every other; the mean over the batch.
 *
 * @param margin how far logits should be on the right side of 0, above 0; 1 by default
 * @see <a href="https://arxiv.org/abs/1306.0239">Tang 2013, L2-SVM, one against the rest</a>
 */
public record SquaredHingeLoss(double margin) implements SampleLoss {
    private static final Formula X = Formula.x();
    private static final Apply SQUARED =
            new Apply("squared_hinge", X.max(0).times(X.max(0)), X.max(0).times(2));

    /** @throws IllegalArgumentException if the margin is not above 0 */
    public SquaredHingeLoss {
        if (!(margin > 0 && margin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "squared-hinge: expected a margin above 0, received " + margin + "; 1 is usual");
        }
    }

    /** With a margin of 1. */
    public SquaredHingeLoss() {
        this(1);
    }

    @Override
    public String name() {
        return "squared-hinge";
    }

    @Override
    public Value samples(GraphBuilder g, Value logits, Value labels) {
        Value targets = Terms.targets(name(), g, logits, labels);
        Value opposite = Terms.of(
                g, Terms.of(g, targets, BinaryFunction.MULTIPLY, -2), BinaryFunction.ADD, 1); // −t: −1 if right, else 1
        Value missing = Terms.of(g, Terms.of(g, logits, BinaryFunction.MULTIPLY, opposite), BinaryFunction.ADD, margin);
        return Terms.sum(g, g.add(SQUARED, missing));
    }
}
