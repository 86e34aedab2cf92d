package dev.halfwave.train;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Apply;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.LogSoftmax;

/**
 * Cross-entropy that counts samples less the better they are told: {@code −(1 − p)^gamma · ln p} of the right class's
 * softmax probability p; the mean over the batch.
 *
 * @param gamma how much less, from 0 (as plain cross-entropy) to 100; 2 by default
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al. 2017, equation 4, there for two classes</a>
 */
public record FocalLoss(double gamma) implements SampleLoss {
    /** Takes the place of 1 − p where p rounds to 1, so that nothing is divided by 0. */
    private static final double LEAST = 1e-30;

    /** @throws IllegalArgumentException if gamma is out of range */
    public FocalLoss {
        if (!(gamma >= 0 && gamma <= 100)) {
            throw new IllegalArgumentException(
                    "focal: expected a gamma from 0 to 100, received " + gamma + "; 2 is usual");
        }
    }

    /** With a gamma of 2. */
    public FocalLoss() {
        this(2);
    }

    @Override
    public String name() {
        return "focal";
    }

    @Override
    public Value samples(GraphBuilder g, Value logits, Value labels) {
        Value targets = Terms.targets(name(), g, logits, labels);
        Value logarithms = g.add(new LogSoftmax(), logits);
        Value right = Terms.sum(g, Terms.of(g, logarithms, BinaryFunction.MULTIPLY, targets));
        return g.add(curve(), right);
    }

    /** Of x = ln p: {@code −(1 − p)^γ·x}, whose derivative is {@code (1 − p)^γ·(γ·p·x / (1 − p) − 1)}. */
    private Apply curve() {
        Formula x = Formula.x();
        Formula p = x.apply(Function.EXP);
        Formula rest = x.apply(Function.EXPM1).apply(Function.NEGATE).max(LEAST);
        Formula weight = rest.power(Formula.constant(gamma));
        Formula slope = p.times(x).over(rest).times(gamma).minus(1);
        return new Apply("focal", weight.times(x).apply(Function.NEGATE), weight.times(slope));
    }
}
