package dev.halfwave.cli;

import dev.halfwave.nn.Predictor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A range of pixels that a model is specialised for. */
final class RangeOption {
    static final String OPTION = "--range";
    private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
    private static final Pattern RANGE = Pattern.compile("(" + NUMBER + ")\\.\\.(" + NUMBER + ")");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = OPTION,
            paramLabel = "LOW..HIGH",
            description =
                    "Leave out of the model what is proved not to matter for pixels of this range, as in 0..1: units"
                            + " that never fire, rectifiers that always do.")
    private @Nullable String range;

    boolean given() {
        return range != null;
    }

    /** The predictor for the range, if one is given. */
    Predictor within(Predictor predictor) {
        String given = range;
        return given == null ? predictor : within(predictor, given);
    }

    private Predictor within(Predictor predictor, String given) {
        Check check = new Check(spec.commandLine());
        Matcher ends = RANGE.matcher(given.strip());
        if (!ends.matches()) {
            throw check.wrong(OPTION, "two numbers, as in 0..1", given);
        }
        double low = Double.parseDouble(ends.group(1));
        double high = Double.parseDouble(ends.group(2));
        return check.value(OPTION, () -> predictor.within(low, high));
    }
}
