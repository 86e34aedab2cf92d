package dev.halfwave.cli;

import dev.halfwave.data.augment.Augmentations;
import dev.halfwave.data.augment.Chain;
import dev.halfwave.tensor.Shape;
import dev.halfwave.train.TestTimeAugmentation;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says about which changes of an image a model is asked besides the image itself. */
final class TestTimeOptions {
    private static final String OPTION = "--tta";
    private static final int USUAL_COPIES = 8;
    private static final Pattern SPEC = Pattern.compile("\\s*(?:(\\d{1,6})\\s*(?:\\*\\s*(.+))?|(.+))");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = OPTION,
            paramLabel = "N|CHAIN|N*CHAIN",
            description =
                    "Ask the model about N changes of every image too, made as by train --augment CHAIN, and take the"
                            + " mean of the probabilities (N: " + USUAL_COPIES
                            + " unless told; CHAIN: default unless told).")
    private @Nullable String several;

    /** What was asked for, for images of a shape. */
    Optional<TestTimeAugmentation> augmentation(Shape sample) {
        String text = several;
        if (text == null) {
            return Optional.empty();
        }
        Check check = new Check(spec.commandLine());
        Matcher matcher = SPEC.matcher(text);
        if (!matcher.matches()) {
            throw check.wrong(OPTION, "a number, a chain as for --augment, or both as in \"4*shift(1)\"", text);
        }
        int copies = matcher.group(1) == null ? USUAL_COPIES : Integer.parseInt(matcher.group(1));
        return Optional.of(check.value(OPTION, () -> new TestTimeAugmentation(chain(matcher, sample), copies, 0)));
    }

    private static Chain chain(Matcher matcher, Shape sample) {
        String withNumber = matcher.group(2);
        String alone = matcher.group(3);
        if (withNumber != null) {
            return Augmentations.of(withNumber, sample);
        }
        return Augmentations.of(alone == null ? "default" : alone, sample);
    }
}
