package dev.halfwave.cli;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.onnx.ModelFiles;
import dev.halfwave.train.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Training that goes on from a checkpoint, with the options it was started with.
 *
 * @param checkpoint where it goes on
 * @param file where the checkpoint came from
 */
record Resumption(Checkpoint checkpoint, Path file) {
    static Resumption load(Path file) {
        if (ModelFiles.isOnnx(file)) {
            throw new ModelFormatException(
                    file + ": expected a checkpoint to resume from, received an ONNX model, which holds"
                            + " no state of training; resume the checkpoint.safetensors beside it, or start from the model with"
                            + " --model " + file);
        }
        return new Resumption(Checkpoint.load(file), file);
    }

    /**
     * The settings of the run that is resumed.
     *
     * @param asked what the command line comes to
     * @throws ParameterException if an option on the command line contradicts the checkpoint; the text says which
     */
    RunSettings settings(RunSettings asked, CommandLine command) {
        RunSettings stored = RunSettings.of(checkpoint, file.toString());
        ParseResult given = command.getParseResult();
        refuseOthers(stored.byOption(), asked.byOption(), command);
        return given.hasMatchedOption("--data-dir")
                ? stored.withDataDir(asked.data().dataDir())
                : stored;
    }

    /**
     * What the run that is resumed keeps.
     *
     * @param asked what the command line comes to
     * @throws ParameterException if an option on the command line contradicts the checkpoint; the text says which
     */
    Keeping keeping(Keeping asked, CommandLine command) {
        Keeping stored = Keeping.of(checkpoint.notes());
        refuseOthers(stored.byOption(), asked.byOption(), command);
        return stored;
    }

    /**
     * Has convolutions computed as in the run that is resumed.
     *
     * @throws ParameterException if it is to be tuned now and was not before
     */
    void goOn(TuneOptions tune, CommandLine command) {
        refuseOthers(TuneOptions.byOption(checkpoint.notes()), TuneOptions.given(), command);
        tune.goOn(checkpoint.notes());
    }

    private void refuseOthers(Map<String, String> stored, Map<String, String> asked, CommandLine command) {
        List<String> contradictions = stored.entrySet().stream()
                .filter(option -> command.getParseResult().hasMatchedOption(option.getKey()))
                .filter(option -> !option.getValue().equals(asked.get(option.getKey())))
                .map(option -> option.getKey() + " " + asked.get(option.getKey()) + " (not " + option.getValue() + ")")
                .toList();
        if (!contradictions.isEmpty()) {
            throw new ParameterException(
                    command,
                    "--resume: expected the options that " + file + " was started with, received "
                            + String.join(", ", contradictions)
                            + "; leave them out, or start anew without --resume");
        }
    }

    /** Where results go unless told otherwise: where the checkpoint is. */
    Path folder() {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }
}
