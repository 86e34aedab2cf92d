package dev.halfwave.train;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.LogSoftmax;
import dev.halfwave.op.SoftmaxCrossEntropy;

/**
 * Softmax with cross-entropy: minus the logarithm of the right class's probability p[label], or, with smoothed labels,
 * {@code −(1 − ε)·ln p[label] − ε·mean(ln p[k])} over all K classes.
 *
 * @param smoothing ε, the share of the right answer that is spread over all classes, from 0 to below 1; 0 by default
 * @see <a href="https://arxiv.org/abs/1512.00567">Szegedy et al. 2016, section 7, label smoothing</a>
 */
public record SoftmaxLoss(double smoothing) implements SampleLoss {

    /** @throws IllegalArgumentException if the smoothing is out of range */
    public SoftmaxLoss {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "softmax: expected a smoothing from 0 to below 1, received " + smoothing + "; 0.1 is usual");
        }
    }

    /** Without smoothing. */
    public SoftmaxLoss() {
        this(0);
    }

    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public Value apply(GraphBuilder g, Value logits, Value labels) {
        Value sharp = g.add(new SoftmaxCrossEntropy(), logits, labels);
        return smoothing == 0 ? sharp : smoothed(g, sharp, g.add(new LogSoftmax(), logits));
    }

    @Override
    public Value applyTo(GraphBuilder g, Value logits, Value shares) {
        Value logarithms = g.add(new LogSoftmax(), logits);
        Value right = Terms.mean(g, Terms.sum(g, Terms.of(g, shares, BinaryFunction.MULTIPLY, logarithms)));
        Value sharp = Terms.of(g, right, BinaryFunction.MULTIPLY, -1);
        return smoothing == 0 ? sharp : smoothed(g, sharp, logarithms);
    }

    private Value smoothed(GraphBuilder g, Value sharp, Value logarithms) {
        Value even = Terms.mean(g, logarithms);
        return Terms.of(
                g,
                Terms.of(g, sharp, BinaryFunction.MULTIPLY, 1 - smoothing),
                BinaryFunction.ADD,
                Terms.of(g, even, BinaryFunction.MULTIPLY, -smoothing));
    }

    /** With {@link LogSoftmax} throughout, where {@link #apply} has a kernel of its own for the sharp part. */
    @Override
    public Value samples(GraphBuilder g, Value logits, Value labels) {
        Value targets = Terms.targets(name(), g, logits, labels);
        Value sharp = Terms.of(g, targets, BinaryFunction.MULTIPLY, 1 - smoothing);
        Value smooth = Terms.of(
                g, sharp, BinaryFunction.ADD, smoothing / logits.shape().size(1));
        Value cross = Terms.of(g, smooth, BinaryFunction.MULTIPLY, g.add(new LogSoftmax(), logits));
        return Terms.of(g, Terms.sum(g, cross), BinaryFunction.MULTIPLY, -1);
    }
}
