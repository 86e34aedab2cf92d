package dev.halfwave.train;

import dev.halfwave.activation.Softplus;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.BinaryFunction;

/**
 * One logistic regression per class, binary cross-entropy with logits: {@code Σ (softplus(x[k]) − y[k]·x[k])} over the
 * classes, where y is 1 for the right class and 0 for every other; the mean over the batch.
 *
 * <p>It is −Σ (y·ln σ(x) + (1 − y)·ln(1 − σ(x))) without the overflow.
 *
 * @see <a href="https://www.jmlr.org/papers/v5/rifkin04a.html">Rifkin and Klautau 2004, on one against the rest</a>
 */
public record OneVsRestLoss() implements SampleLoss {
    @Override
    public String name() {
        return "one-vs-rest";
    }

    @Override
    public Value samples(GraphBuilder g, Value logits, Value labels) {
        return samplesOf(g, logits, Terms.targets(name(), g, logits, labels));
    }

    @Override
    public Value applyTo(GraphBuilder g, Value logits, Value shares) {
        return Terms.mean(g, samplesOf(g, logits, shares));
    }

    private static Value samplesOf(GraphBuilder g, Value logits, Value targets) {
        Value right = Terms.of(g, logits, BinaryFunction.MULTIPLY, targets);
        Value terms = Terms.of(g, g.add(new Activate(new Softplus()), logits), BinaryFunction.SUBTRACT, right);
        return Terms.sum(g, terms);
    }
}
