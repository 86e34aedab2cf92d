package dev.halfwave.cli;

import dev.halfwave.train.Lookahead;
import dev.halfwave.train.Losses;
import dev.halfwave.train.TrainingPlan;
import dev.halfwave.train.UpdateRules;
import dev.halfwave.train.WeightedLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for what happens around the optimizer's step: to gradients before it, to weights after it. */
final class UpdateOptions {
    private static final String ACCUMULATE = "--accumulate";
    private static final String CLIP_NORM = "--clip-norm";
    private static final String CLIP_VALUE = "--clip-value";
    private static final String EMA = "--ema";
    private static final String FREEZE = "--freeze";
    private static final String NO_DECAY = "--no-decay";
    private static final String LOOKAHEAD = "--lookahead";
    private static final String CLASS_WEIGHTS = "--class-weights";
    private static final String NONE = "none";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = ACCUMULATE,
            paramLabel = "N",
            description =
                    "Update the weights once in N batches, by the mean of their gradients: as with batches N times as"
                            + " large, in less memory (default: ${DEFAULT-VALUE}).")
    private int accumulation = 1;

    @Option(
            names = CLIP_NORM,
            paramLabel = "X",
            description = "Shorten gradients that are longer than X, all parameters' together.")
    private @Nullable Double clipNorm;

    @Option(names = CLIP_VALUE, paramLabel = "X", description = "Cut each single slope to the range from -X to X.")
    private @Nullable Double clipValue;

    @Option(
            names = EMA,
            paramLabel = "D",
            description =
                    "Average the weights over time, the past weighing D after each step, as in 0.999; the average is"
                            + " what is validated, tested and saved.")
    private @Nullable Double average;

    @Option(
            names = FREEZE,
            paramLabel = "NAMES",
            split = ",",
            description =
                    "Leave layers or parameters as they are: names or patterns, as in conv2d_1,residual_*. Batch norms"
                            + " among them use their statistics and keep them. halfwave info --model shows the names.")
    private List<String> frozen = List.of();

    @Option(
            names = NO_DECAY,
            paramLabel = "NAMES",
            split = ",",
            description =
                    "Spare parameters the optimizer's weight decay: weight, bias, norm, slope, or names as for --freeze;"
                            + " bias,norm is usual elsewhere (default: all decay).")
    private List<String> undecayed = List.of();

    @Option(
            names = LOOKAHEAD,
            paramLabel = "K[,X]",
            description = "After every K steps go back to X of the way they went, 0.5 unless given.")
    private @Nullable String lookahead;

    @Option(
            names = CLASS_WEIGHTS,
            paramLabel = "W,W,...",
            description = "How much each class counts in the training loss, or balanced, for as much as the others.")
    private @Nullable String weights;

    /** A plan with what was asked for. */
    TrainingPlan applied(TrainingPlan plan) {
        Check check = new Check(spec.commandLine());
        UpdateRules rules = with(check, ACCUMULATE, accumulation, plan.updates()::withAccumulation);
        if (clipNorm != null) {
            rules = with(check, CLIP_NORM, clipNorm, rules::withClipNorm);
        }
        if (clipValue != null) {
            rules = with(check, CLIP_VALUE, clipValue, rules::withClipValue);
        }
        if (average != null) {
            rules = with(check, EMA, average, rules::withAverage);
        }
        rules = with(check, FREEZE, frozen, rules::withFrozen);
        rules = with(check, NO_DECAY, undecayed, rules::withUndecayed);
        if (lookahead != null) {
            rules = rules.withLookahead(with(check, LOOKAHEAD, lookahead, Lookahead::of));
        }
        TrainingPlan ruled = plan.withUpdates(rules);
        return weights == null
                ? ruled
                : ruled.withLoss(with(check, CLASS_WEIGHTS, weights, text -> WeightedLoss.of(plan.loss(), text)));
    }

    /** What core makes of a value; its refusals begin with the option's name, which need not be said twice. */
    private static <A, B> B with(Check check, String option, A value, Function<A, B> use) {
        try {
            return use.apply(value);
        } catch (IllegalArgumentException refused) {
            String name = option.substring(2) + ": ";
            return check.value(option, () -> {
                throw new IllegalArgumentException(
                        String.valueOf(refused.getMessage()).replaceFirst("^" + name, ""), refused);
            });
        }
    }

    /** What each option comes to, for comparison; and the loss without what belongs to one of these. */
    static Map<String, String> byOption(TrainingPlan plan) {
        UpdateRules rules = plan.updates();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("--loss", Losses.spec(plan.loss().measure()));
        values.put(ACCUMULATE, Integer.toString(rules.accumulation()));
        values.put(CLIP_NORM, Double.toString(rules.clipNorm()));
        values.put(CLIP_VALUE, Double.toString(rules.clipValue()));
        values.put(EMA, Double.toString(rules.average()));
        values.put(FREEZE, String.join(",", rules.frozen()));
        values.put(NO_DECAY, String.join(",", rules.undecayed()));
        values.put(LOOKAHEAD, rules.lookahead().map(Lookahead::toString).orElse(NONE));
        values.put(CLASS_WEIGHTS, plan.loss() instanceof WeightedLoss weighted ? weighted.text() : NONE);
        return values;
    }
}
