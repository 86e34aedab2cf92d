package dev.halfwave.train;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Apply;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.LogSoftmax;

/**
 * The Kullback–Leibler divergence of the softmax probabilities p from a distribution q over the classes: {@code Σ q[k]·(ln
 * q[k] − ln p[k])}, where 0·ln 0 is 0; the mean over the batch. It is 0 where both are the same, and differs from
 * cross-entropy by the entropy of q, so the gradients are equal.
 *
 * <p>Of labels, q is the right class smoothed: {@code (1 − ε)·onehot + ε/K}. Any other distribution goes through {@link
 * #against}.
 *
 * @param smoothing ε, the share of the right answer that is spread over all K classes, from 0 to below 1; 0.1 by default
 * @see <a href="https://doi.org/10.1214/aoms/1177729694">Kullback and Leibler 1951, equation 2.4</a>
 */
public record KlLoss(double smoothing) implements SampleLoss {
    /** Takes the place of a probability of 0 under the logarithm, which it is then multiplied by. */
    private static final double LEAST = 1e-30;

    private static final Formula Q = Formula.x();

    /** {@code q·ln q}; targets are no parameters, so the derivative, but for 0, is of no importance. */
    private static final Apply ENTROPY = new Apply(
            "q_log_q",
            Q.times(Q.max(LEAST).apply(Function.LOG)),
            Q.max(LEAST).apply(Function.LOG).plus(1));

    /** @throws IllegalArgumentException if the smoothing is out of range */
    public KlLoss {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "kl: expected a smoothing from 0 to below 1, received " + smoothing + "; 0.1 is usual");
        }
    }

    /** With a smoothing of 0.1. */
    public KlLoss() {
        this(0.1);
    }

    @Override
    public String name() {
        return "kl";
    }

    @Override
    public Value samples(GraphBuilder g, Value logits, Value labels) {
        return against(g, logits, smoothed(g, Terms.targets(name(), g, logits, labels)));
    }

    @Override
    public Value applyTo(GraphBuilder g, Value logits, Value shares) {
        return Terms.mean(g, against(g, logits, smoothed(g, shares)));
    }

    private Value smoothed(GraphBuilder g, Value targets) {
        Value sharp = Terms.of(g, targets, BinaryFunction.MULTIPLY, 1 - smoothing);
        return Terms.of(
                g, sharp, BinaryFunction.ADD, smoothing / targets.shape().size(1));
    }

    /**
     * Adds each sample's divergence from a distribution of its own to a graph.
     *
     * @param logits {@code [N, K]}
     * @param targets probabilities from 0 to 1 that sum to 1 in each row, {@code [N, K]}; they get no useful gradient
     * @return {@code [N]}
     */
    public static Value against(GraphBuilder g, Value logits, Value targets) {
        Value cross = Terms.of(g, targets, BinaryFunction.MULTIPLY, g.add(new LogSoftmax(), logits));
        return Terms.sum(g, Terms.of(g, g.add(ENTROPY, targets), BinaryFunction.SUBTRACT, cross));
    }
}
