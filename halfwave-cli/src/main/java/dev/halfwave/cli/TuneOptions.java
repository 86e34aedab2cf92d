package dev.halfwave.cli;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.train.Trainer;
import dev.halfwave.tuning.Tuning;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Stack;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether convolutions' algorithms are measured here rather than chosen by their sizes. */
final class TuneOptions {
    static final String OPTION = "--tune";
    private static final String NOTE = "tuning";
    private static final String BETWEEN = "; ";

    @Option(
            names = OPTION,
            arity = "0..1",
            paramLabel = "FILE",
            preprocessor = OnlyAttached.class,
            description = "Time the algorithms that fit each convolution, a tenth of a second for each and direction,"
                    + " and take the fastest. What was measured is kept in FILE (default: halfwave/tuning.json in"
                    + " $$XDG_CACHE_HOME or ~/.cache). Choices decide about the last bits: another FILE may give"
                    + " others, and so may another number of threads, whose choices are kept apart. Training is"
                    + " resumed with the choices that its checkpoint holds.")
    private @Nullable String file;

    private @Nullable Tuning tuning;
    private Map<String, String> before = Map.of();
    private boolean again;

    boolean wanted() {
        return file != null || again;
    }

    /** Kernels for a program that predicts, tuned if that was asked for. */
    Kernels kernels(Kernels kernels, WorkerPool pool, Console console) {
        return wanted() ? kernels.tuned(choice(pool, console).keepingFilters()) : kernels;
    }

    /** Kernels for a program that trains, tuned if that was asked for. */
    Kernels trainingKernels(Kernels kernels, WorkerPool pool, Console console) {
        return wanted() ? kernels.tuned(choice(pool, console)) : kernels;
    }

    /** Tunes a trainer if that was asked for. */
    void addTo(Trainer trainer, WorkerPool pool, Console console) {
        if (wanted()) {
            trainer.tune(choice(pool, console));
        }
    }

    private Tuning choice(WorkerPool pool, Console console) {
        Path cache = file == null || file.isEmpty() ? UserCache.file("tuning.json") : Path.of(file);
        Tuning made = Tuning.in(cache, pool, text -> console.say("halfwave: " + text));
        made.prefer(before);
        tuning = made;
        return made;
    }

    /** What a checkpoint should remember: what was chosen so far. */
    Map<String, String> notes() {
        if (tuning == null) {
            return Map.of();
        }
        StringJoiner text = new StringJoiner(BETWEEN);
        tuning.choices().forEach((pass, algorithm) -> text.add(pass + "=" + algorithm));
        return Map.of(NOTE, text.toString());
    }

    /**
     * Computes as the run did that a checkpoint with these notes belongs to.
     *
     * @throws ModelFormatException if the note is none of ours
     */
    void goOn(Map<String, String> notes) {
        String note = notes.get(NOTE);
        if (note == null) {
            return;
        }
        again = true;
        before = new LinkedHashMap<>();
        for (String entry : note.isEmpty() ? new String[0] : note.split(BETWEEN, -1)) {
            int equals = entry.indexOf('=');
            if (equals < 0) {
                throw new ModelFormatException("checkpoint: expected a note on \"" + NOTE
                        + "\" of algorithms as in PASS=direct, received \"" + entry + "\"; use an undamaged one");
            }
            before.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
    }

    /** What the option came to in the run that a checkpoint with these notes belongs to. */
    static Map<String, String> byOption(Map<String, String> notes) {
        return Map.of(OPTION, Boolean.toString(notes.containsKey(NOTE)));
    }

    /** The same as given, for a comparison that only looks at what was given. */
    static Map<String, String> given() {
        return Map.of(OPTION, "true");
    }

    /** The option as a run that goes on needs it. */
    String again() {
        return file == null || file.isEmpty() ? "" : " " + OPTION + "=" + LogOptions.quoted(Path.of(file));
    }

    /** Leaves a word that is not attached by an equals sign to what comes next: it is an image, or a model. */
    private static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        @SuppressWarnings("JdkObsolete") // picocli's own signature
        public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                args.push("");
            }
            return false;
        }
    }
}
