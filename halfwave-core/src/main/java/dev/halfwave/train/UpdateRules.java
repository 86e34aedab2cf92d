package dev.halfwave.train;

import java.util.List;
import java.util.Optional;

/**
 * What happens to gradients and parameters around an optimizer's step; usually nothing.
 *
 * <p>In this order: gradients of several batches are averaged, cut by value, cut by norm; the optimizer makes its step
 * with all but frozen parameters; slow weights follow; the average of the weights follows.
 *
 * <pre>{@code
 * TrainingPlan careful = plan.withUpdates(UpdateRules.usual().withClipNorm(1).withAverage(0.999));
 * }</pre>
 *
 * @param accumulation how many batches in a row make one update, 1 or more. The gradient is the mean over all their
 *     samples: that of one large batch but for rounding, batch norms (which see each batch by itself) and dropout. What is
 *     left at an epoch's end makes an update of its own
 * @param clipNorm the longest gradient, as one vector of all parameters, above 0; a longer one is shortened to it. Infinite
 *     for none
 * @param clipValue the largest size of a single slope, above 0; infinite for none
 * @param average d of the exponential moving average of the weights, from 0 (none) to below 1: after update t, from 1,
 *     {@code average += (1 − min(d, (1 + t) / (10 + t)))·(weights − average)}. Batch norms' statistics are averaged too.
 *     What is validated, tested and saved as the model is then the average
 * @param frozen which layers or parameters keep their bits: names such as {@code conv2d_1}, or with {@code *} for anything.
 *     A frozen batch norm uses its statistics instead of the batch's and leaves them as they are
 * @param undecayed which parameters are spared weight decay: {@link ParameterKind} names, such as {@code bias}, or layers
 *     and parameters as in {@code frozen}
 * @param lookahead slow weights that follow the optimizer's
 */
public record UpdateRules(
        int accumulation,
        double clipNorm,
        double clipValue,
        double average,
        List<String> frozen,
        List<String> undecayed,
        Optional<Lookahead> lookahead) {

    /** @throws IllegalArgumentException if a number is out of range */
    public UpdateRules {
        frozen = List.copyOf(frozen);
        undecayed = List.copyOf(undecayed);
        if (accumulation < 1) {
            throw new IllegalArgumentException("accumulate: expected 1 batch or more, received " + accumulation);
        }
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("clip-norm: expected a length above 0, received " + clipNorm);
        }
        if (!(clipValue > 0)) {
            throw new IllegalArgumentException("clip-value: expected a size above 0, received " + clipValue);
        }
        if (!(average >= 0 && average < 1)) {
            throw new IllegalArgumentException(
                    "ema: expected a decay from 0 to below 1, received " + average + "; 0.999 is usual");
        }
        checkNames("freeze", frozen);
        checkNames("no-decay", undecayed);
    }

    private static void checkNames(String option, List<String> names) {
        for (String name : names) {
            if (name.isBlank() || name.contains(";")) {
                throw new IllegalArgumentException(
                        option + ": expected names of layers or parameters, received \"" + name + "\"");
            }
        }
    }

    /** Only the optimizer's step. */
    public static UpdateRules usual() {
        return new UpdateRules(
                1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, List.of(), List.of(), Optional.empty());
    }

    /** The same with so many batches to an update. */
    public UpdateRules withAccumulation(int batches) {
        return new UpdateRules(batches, clipNorm, clipValue, average, frozen, undecayed, lookahead);
    }

    /** The same with gradients of at most this length. */
    public UpdateRules withClipNorm(double length) {
        return new UpdateRules(accumulation, length, clipValue, average, frozen, undecayed, lookahead);
    }

    /** The same with slopes of at most this size. */
    public UpdateRules withClipValue(double size) {
        return new UpdateRules(accumulation, clipNorm, size, average, frozen, undecayed, lookahead);
    }

    /** The same with averaged weights. */
    public UpdateRules withAverage(double decay) {
        return new UpdateRules(accumulation, clipNorm, clipValue, decay, frozen, undecayed, lookahead);
    }

    /** The same with these layers or parameters frozen. */
    public UpdateRules withFrozen(List<String> names) {
        return new UpdateRules(accumulation, clipNorm, clipValue, average, names, undecayed, lookahead);
    }

    /** The same with these parameters spared weight decay. */
    public UpdateRules withUndecayed(List<String> names) {
        return new UpdateRules(accumulation, clipNorm, clipValue, average, frozen, names, lookahead);
    }

    /** The same with slow weights. */
    public UpdateRules withLookahead(Lookahead slow) {
        return new UpdateRules(accumulation, clipNorm, clipValue, average, frozen, undecayed, Optional.of(slow));
    }
}
