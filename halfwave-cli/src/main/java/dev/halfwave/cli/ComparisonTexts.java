package dev.halfwave.cli;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Tanh;
import dev.halfwave.experiment.Comparison;
import dev.halfwave.experiment.Contestant;
import dev.halfwave.experiment.Difference;
import dev.halfwave.experiment.Estimate;
import dev.halfwave.experiment.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a comparison says, in words.
 *
 * @param comparison what came out
 * @param target the training error that times are taken to
 */
record ComparisonTexts(Comparison comparison, double target) {
    /** How many times as often as by guessing something is right that has learnt next to nothing. */
    private static final double HARDLY = 1.5;

    private static final String SOURCE =
            "Krizhevsky, Sutskever and Hinton 2012 (figure 1) found six times the epochs, with a"
                    + " network of four layers on CIFAR-10 and 25 %.";

    /** One verdict for each but the first, and what was found of tanh and ReLU. */
    List<String> verdicts() {
        List<String> lines = new ArrayList<>();
        List<Difference> differences = comparison.differences();
        for (int i = 0; i < differences.size(); i++) {
            lines.add(verdict(comparison.contestants().get(i + 1), differences.get(i)));
        }
        comparison.contestants().forEach(one -> remark(one).ifPresent(lines::add));
        race().ifPresent(lines::add);
        return lines;
    }

    private String verdict(Contestant one, Difference difference) {
        String first = title(comparison.baseline());
        Estimate gain = difference.estimate();
        return title(one) + ": "
                + switch (difference.verdict()) {
                    case BETTER -> "better than " + first + " by " + points(gain.mean(), gain) + ".";
                    case WORSE -> "worse than " + first + " by " + points(-gain.mean(), gain) + ".";
                    case CANNOT_TELL ->
                        "cannot tell from " + first + ": " + reason(difference, points(gain.mean(), gain));
                };
    }

    private static String reason(Difference difference, String points) {
        if (difference.estimate().count() == 1) {
            return points + " in a single run, which says nothing of chance; use more --seeds.";
        }
        if (difference.estimate().mean() == 0) {
            return "the same accuracy on average.";
        }
        String why = difference.alone()
                ? " would count by itself, but not as one of " + difference.comparisons() + " comparisons"
                : ", and the interval contains 0";
        String needed = difference.seedsNeeded().stream()
                .mapToObj(n -> String.format(Locale.ROOT, "about %,d", n))
                .findFirst()
                .orElse("more than 10,000");
        return points + why + "; " + needed + " seeds would be needed if the difference is as it seems.";
    }

    private static String points(double difference, Estimate estimate) {
        return String.format(Locale.ROOT, "%.2f", 100 * difference) + margin("%.2f", 100 * estimate.margin())
                + " points";
    }

    private Optional<String> remark(Contestant one) {
        if (one.tuning().best().isEmpty()) {
            return Optional.of(title(one) + ": diverged at every learning rate that was tried; try smaller --rates.");
        }
        if (one.diverged() > 0) {
            return Optional.of(title(one) + ": " + one.diverged() + " of "
                    + one.runs().size() + " runs diverged, and count as guessing.");
        }
        if (one.accuracy().mean() * one.classes() < HARDLY) {
            return Optional.of(title(one) + ": hardly better than guessing, perhaps still on its first plateau; more"
                    + " --epochs or other --rates may take it off.");
        }
        return Optional.empty();
    }

    /** How much quicker ReLU is than tanh, if both are there. */
    private Optional<String> race() {
        Optional<Contestant> relu = of(new Relu());
        return tanh().filter(any -> relu.isPresent()).map(tanh -> race(relu.orElseThrow(), tanh));
    }

    private String race(Contestant relu, Contestant tanh) {
        String start = "To a training error of " + percent(target) + ", ";
        Optional<Ratio> epochs = relu.epochsSaved(tanh, target);
        Optional<Ratio> seconds = relu.secondsSaved(tanh, target);
        if (epochs.isEmpty() || seconds.isEmpty()) {
            return start + "relu came in " + relu.reached(target) + " and tanh in " + tanh.reached(target) + " of "
                    + relu.runs().size() + " runs; with more --epochs or a larger --target-error both may. " + SOURCE;
        }
        Ratio measured = epochs.get();
        boolean told = measured.low() > 1 || measured.high() < 1;
        return start + "tanh takes " + times(measured) + " times the epochs and " + times(seconds.get())
                + " times the seconds of relu (" + measured.pairs() + " of "
                + relu.runs().size() + " pairs)" + (told ? ". " : ", and the epochs cannot tell which is quicker. ")
                + SOURCE;
    }

    /** The one that times are compared with. */
    Optional<Contestant> tanh() {
        return of(new Tanh());
    }

    private Optional<Contestant> of(Activation f) {
        return comparison.contestants().stream()
                .filter(one -> one.activation().equals(f))
                .findFirst();
    }

    static String title(Contestant one) {
        return ActivationFacts.title(one.activation());
    }

    /** A ratio with its interval, as in {@code 1.90 (1.61 to 2.24)}. */
    static String times(Ratio ratio) {
        return ratio.pairs() == 1
                ? String.format(Locale.ROOT, "%.2f", ratio.mean())
                : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.mean(), ratio.low(), ratio.high());
    }

    /** Give or take how much, if that is known. */
    static String margin(String format, double margin) {
        return Double.isFinite(margin) ? " ± " + String.format(Locale.ROOT, format, margin) : "";
    }

    /** As few digits as needed. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.4f", 100 * share).replaceFirst("\\.?0+$", "") + " %";
    }
}
