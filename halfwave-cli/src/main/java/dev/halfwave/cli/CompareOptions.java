package dev.halfwave.cli;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Relu;
import dev.halfwave.experiment.ComparisonPlan;
import dev.halfwave.nn.Networks;
import dev.halfwave.train.Optimizer;
import dev.halfwave.train.Optimizers;
import dev.halfwave.train.Schedule;
import dev.halfwave.train.Schedules;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that decide how a comparison goes: with the same ones, every comparison ends with the same accuracies. */
final class CompareOptions {
    private static final String ACTIVATIONS = "--activations";
    private static final String ALL = "all";

    /** Functions of whole vectors, which people look for among the activations. */
    private static final Set<String> NOT_ELEMENTWISE =
            Set.of("softmax", "log-softmax", "softmin", "maxout", "crelu", "glu", "reglu", "geglu", "swiglu");

    /** The rates that are tried, as multiples of the optimizer's usual one; runs of few steps like large ones. */
    private static final double[] USUAL_FACTORS = {1.0 / 3, 1, 3, 9, 27};

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = ACTIVATIONS,
            paramLabel = "NAME,…",
            completionCandidates = KnownNames.OfActivations.class,
            description =
                    "What to compare, with parameters if you like, as in relu,elu(0.5); the others are compared with"
                            + " the first. Or all: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String activations = "relu,leaky-relu,prelu,elu,tanh,sigmoid";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            completionCandidates = KnownNames.OfModels.class,
            description = "The network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String model = "lenet";

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many runs of every activation (default: ${DEFAULT-VALUE}).")
    private int seeds = 5;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The first run's seed; the others' follow, and tuning has the one before"
                    + " (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of every run (default: ${DEFAULT-VALUE}).")
    private int epochs = 3;

    @Option(names = "--batch", paramLabel = "N", description = "Images per step (default: ${DEFAULT-VALUE}).")
    private int batch = 64;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            completionCandidates = KnownNames.OfOptimizers.class,
            description = "How weights follow gradients: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String optimizer = "adam";

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            completionCandidates = KnownNames.OfSchedules.class,
            description =
                    "How the learning rate changes on the way: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String schedule = "cosine";

    @Option(
            names = "--rates",
            paramLabel = "X,…",
            description = "The learning rates that are tried for every activation"
                    + " (default: 1/3, 1, 3, 9 and 27 times what is usual for the optimizer).")
    private @Nullable String rates;

    @Option(
            names = "--tuning-epochs",
            paramLabel = "N",
            description = "Epochs for every rate that is tried (default: as many as every run has).")
    private @Nullable Integer tuningEpochs;

    @Option(
            names = "--validation",
            paramLabel = "FRACTION",
            description = "The part of the training images that learning rates are judged on; no run trains on them"
                    + " (default: ${DEFAULT-VALUE}).")
    private double validation = 0.1;

    /** The network's name. */
    String model() {
        return new Check(spec.commandLine()).known("--model", "model", model, Networks.names());
    }

    /** What was asked for; whatever is wrong with it is a usage error. */
    ComparisonPlan plan() {
        Check check = new Check(spec.commandLine());
        check.positive("--epochs", epochs);
        Optimizer rule = check.value("--optimizer", () -> Optimizers.of(optimizer));
        Schedule course = check.value("--schedule", () -> Schedules.of(schedule));
        if (!(validation > 0 && validation < 1)) {
            throw check.wrong("--validation", "a fraction between 0 and 1, both excluded", validation);
        }
        return new ComparisonPlan(
                functions(check),
                rates(check, rule.usualRate() * course.usualBase()),
                check.positive("--tuning-epochs", tuningEpochs == null ? epochs : tuningEpochs),
                validation,
                check.positive("--seeds", seeds),
                seed,
                epochs,
                check.positive("--batch", batch),
                rule,
                course);
    }

    private List<Double> rates(Check check, double usual) {
        if (rates == null) {
            return Arrays.stream(USUAL_FACTORS)
                    .mapToObj(factor -> twoDigits(factor * usual))
                    .toList();
        }
        return Arrays.stream(rates.split(",", -1))
                .map(text -> rate(check, text.strip()))
                .sorted()
                .distinct()
                .toList();
    }

    private static double rate(Check check, String text) {
        try {
            double rate = Double.parseDouble(text);
            if (rate > 0 && rate < Double.POSITIVE_INFINITY) {
                return rate;
            }
        } catch (NumberFormatException notANumber) {
            // refused like a number that is none for a rate
        }
        throw check.wrong("--rates", "learning rates above 0, as in 0.001,0.003", text.isEmpty() ? "nothing" : text);
    }

    /** For 0.00033 rather than 0.000333333. */
    private static double twoDigits(double number) {
        double unit = StrictMath.pow(10, Math.floor(StrictMath.log10(number)) - 1);
        return Double.parseDouble(Numbers.of(Math.rint(number / unit) * unit));
    }

    private List<Activation> functions(Check check) {
        if (activations.equals(ALL)) {
            Stream<Activation> others = Activations.all().stream().filter(f -> !f.equals(new Relu()));
            return Stream.concat(Stream.of(new Relu()), others).toList();
        }
        return Arrays.stream(activations.split(",(?![^(]*\\))", -1)) // commas outside of brackets
                .map(name -> function(check, name.strip()))
                .toList();
    }

    private static Activation function(Check check, String name) {
        if (NOT_ELEMENTWISE.contains(name)) {
            throw check.wrong(
                    ACTIVATIONS,
                    "functions of one number at a time",
                    name + ", which takes several; see halfwave activations for those that can be compared");
        }
        return check.value(ACTIVATIONS, () -> Activations.of(name));
    }
}
