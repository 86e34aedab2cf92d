package dev.halfwave.train;

import dev.halfwave.name.Choices;
import java.util.List;

/** Finds losses by name. */
public final class Losses {
    private static final Choices<Loss> KNOWN = new Choices<>(
            "loss",
            Loss::name,
            List.of(
                    new SoftmaxLoss(),
                    new SvmLoss(),
                    new SquaredHingeLoss(),
                    new OneVsRestLoss(),
                    new SquaredErrorLoss(),
                    new HuberLoss(),
                    new FocalLoss(),
                    new KlLoss()));

    private Losses() {}

    /** All names. */
    public static List<String> names() {
        return KNOWN.names();
    }

    /**
     * The loss of the given name, with its usual numbers or with others, as in {@code svm(margin=0.5)}, and perhaps with
     * {@linkplain WeightedLoss weights of classes}, as in {@code softmax * balanced}.
     *
     * @throws IllegalArgumentException if a name is unknown (the nearest one is suggested) or a number unfit
     */
    public static Loss of(String spec) {
        int times = spec.indexOf(WeightedLoss.TIMES);
        if (times >= 0) {
            return WeightedLoss.of(
                    KNOWN.of(spec.substring(0, times)), spec.substring(times + WeightedLoss.TIMES.length()));
        }
        return KNOWN.of(spec);
    }

    /** The text from which {@link #of} makes the same loss. */
    public static String spec(Loss loss) {
        return loss instanceof WeightedLoss weighted
                ? KNOWN.spec(weighted.loss()) + WeightedLoss.TIMES + weighted.text()
                : KNOWN.spec(loss);
    }
}
