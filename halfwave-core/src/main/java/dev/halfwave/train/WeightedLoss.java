package dev.halfwave.train;

import dev.halfwave.data.Dataset;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A loss in which classes count differently: the mean over the batch of {@code w[label]·loss}. Balanced weights are {@code w[k]
 * = N / (K·N[k])}, where N[k] of the N samples to train on are of class k, so that all classes count the same and the mean
 * weight is 1. Validation and tests report the loss without weights.
 *
 * <p>The sum is divided by the number of samples, as in Keras, not by the sum of their weights, as in PyTorch: so what a sample
 * adds to a step does not depend on its neighbours.
 *
 * @param loss what counts differently
 * @param weights one for each class, 0 or more, not all 0; none for balanced ones
 */
public record WeightedLoss(SampleLoss loss, List<Double> weights) implements Loss {
    private static final String BALANCED = "balanced";

    /** What stands between a loss and its weights in a text. */
    static final String TIMES = " * ";

    /** @throws IllegalArgumentException if a weight is out of range */
    public WeightedLoss {
        weights = List.copyOf(weights);
        boolean fit = weights.stream().allMatch(weight -> weight >= 0 && weight < Double.POSITIVE_INFINITY);
        if (!fit || !weights.isEmpty() && weights.stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException(
                    "class-weights: expected numbers of 0 or more, not all of them 0, received " + weights);
        }
    }

    /**
     * A loss with weights from a text: {@code balanced}, or one number per class as in {@code 1,2.5,1}.
     *
     * @throws IllegalArgumentException if the text says no such thing, or the loss is not one of samples
     */
    public static WeightedLoss of(Loss loss, String text) {
        if (!(loss instanceof SampleLoss bySample)) {
            throw new IllegalArgumentException(
                    "class-weights: expected a loss that has one value per sample, as softmax,"
                            + " focal and kl, received " + loss.name());
        }
        List<Double> weights = new ArrayList<>();
        for (String part : text.strip().equals(BALANCED) ? new String[0] : text.split(",", -1)) {
            try {
                weights.add(Double.valueOf(part.strip()));
            } catch (NumberFormatException unreadable) {
                throw new IllegalArgumentException(
                        "class-weights: expected balanced, or a number for each class as in 1,2.5,1, received \"" + text
                                + "\"",
                        unreadable);
            }
        }
        return new WeightedLoss(bySample, weights);
    }

    /** The weights as {@link #of} reads them. */
    public String text() {
        return weights.isEmpty()
                ? BALANCED
                : weights.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    @Override
    public String name() {
        return loss.name();
    }

    @Override
    public Loss measure() {
        return loss;
    }

    @Override
    public Loss fit(Dataset data) {
        int classes = data.classes().size();
        if (!weights.isEmpty()) {
            if (weights.size() != classes) {
                throw new IllegalArgumentException("class-weights: expected one for each of the " + classes
                        + " classes of " + data.name() + ", received " + weights.size());
            }
            return this;
        }
        long[] counts = new long[classes];
        for (int i = 0; i < data.size(); i++) {
            counts[data.label(i)]++;
        }
        List<Double> balanced = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            if (counts[k] == 0) {
                throw new IllegalArgumentException("class-weights: expected samples of every class to balance, received"
                        + " none of class " + data.classes().get(k) + " in " + data.name());
            }
            balanced.add((double) data.size() / ((double) classes * counts[k]));
        }
        return new WeightedLoss(loss, balanced);
    }

    @Override
    public Value apply(GraphBuilder g, Value logits, Value labels) {
        int classes = logits.shape().size(-1);
        if (weights.size() != classes) {
            throw new IllegalArgumentException("class-weights: expected one for each of " + classes
                    + " classes, received " + (weights.isEmpty() ? "balanced ones of no data yet" : weights.size()));
        }
        Tensor numbers = Tensor.zeros(Shape.of(1, classes));
        for (int k = 0; k < classes; k++) {
            numbers.data()[k] = weights.get(k).floatValue();
        }
        Value right = Terms.targets(name(), g, logits, labels);
        Value weight = Terms.sum(g, Terms.of(g, right, BinaryFunction.MULTIPLY, g.constant(numbers)));
        return Terms.mean(g, Terms.of(g, weight, BinaryFunction.MULTIPLY, loss.samples(g, logits, labels)));
    }
}
