package dev.halfwave.cli;

import dev.halfwave.nn.Model;
import dev.halfwave.onnx.Classifier;
import dev.halfwave.onnx.ModelFiles;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.Pixels;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which model to use, and what it expects for pixels. */
final class ModelOptions {
    static final String PIXELS = "--pixels";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE",
            description = "An ONNX model, as halfwave train saves it or another tool, or a checkpoint.")
    private Path file = Path.of("");

    @Option(
            names = PIXELS,
            paramLabel = "SPEC",
            description = "What an ONNX model of another tool expects for pixels: a range, as in 0..255, or what was"
                    + " subtracted and divided by, as in \"mean=0.485,0.456,0.406;std=0.229,0.224,0.225\""
                    + " (default: what the file says, else 0..1).")
    private @Nullable String pixels;

    private @Nullable Classifier classifier;

    /** Where the model is. */
    Path file() {
        return file;
    }

    /** The model. */
    Model load() {
        Check check = new Check(spec.commandLine());
        String wanted = pixels;
        Pixels given = wanted == null ? null : check.value(PIXELS, () -> new Pixels(wanted));
        if (!ModelFiles.isOnnx(file)) {
            if (given != null) {
                throw new ParameterException(
                        check.command(), PIXELS + ": expected an ONNX model with it, received " + file);
            }
            return Model.load(file);
        }
        Classifier found = Classifier.of(OnnxModel.load(file));
        Classifier source = given == null ? found : found.withPixels(given);
        classifier = source;
        return source.model();
    }

    /** The model that was loaded, with these names for its classes if it has as many and no names of its own. */
    Model named(Model loaded, List<String> classes) {
        Classifier source = classifier;
        return source == null ? loaded : source.named(loaded, classes);
    }
}
