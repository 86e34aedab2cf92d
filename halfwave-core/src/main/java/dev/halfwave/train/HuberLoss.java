package dev.halfwave.train;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Apply;
import dev.halfwave.op.BinaryFunction;

/**
 * Huber's loss, squared for small errors and straight for large ones: {@code r²/2} where |r| ≤ delta, else {@code
 * delta·(|r| − delta/2)}, of r = x[k] − y[k], where y is 1 for the right class and 0 for every other; the mean over classes
 * and batch.
 *
 * @param delta where the curve becomes straight, above 0; 1 by default
 * @see <a href="https://doi.org/10.1214/aoms/1177703732">Huber 1964, section 4</a>
 */
public record HuberLoss(double delta) implements Loss {

    /** @throws IllegalArgumentException if delta is not above 0 */
    public HuberLoss {
        if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("huber: expected a delta above 0, received " + delta + "; 1 is usual");
        }
    }

    /** With a delta of 1. */
    public HuberLoss() {
        this(1);
    }

    @Override
    public String name() {
        return "huber";
    }

    @Override
    public Value apply(GraphBuilder g, Value logits, Value labels) {
        return applyTo(g, logits, Terms.targets(name(), g, logits, labels));
    }

    @Override
    public Value applyTo(GraphBuilder g, Value logits, Value targets) {
        return Terms.mean(g, g.add(curve(), Terms.of(g, logits, BinaryFunction.SUBTRACT, targets)));
    }

    /** {@code c·(|r| − c/2)} with c = min(|r|, delta), which is both pieces in one. */
    private Apply curve() {
        Formula size = Formula.x().apply(Function.ABS);
        Formula bent = size.min(delta);
        return new Apply(
                "huber",
                bent.times(size.minus(bent.times(0.5))),
                Formula.x().max(-delta).min(delta));
    }
}
