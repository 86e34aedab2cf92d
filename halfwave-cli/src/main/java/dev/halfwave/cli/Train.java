package dev.halfwave.cli;

import dev.halfwave.data.Splits;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave train}. */
@Command(
        name = "train",
        description = "Train a network, save it, and measure it on the test images.",
        sortOptions = false,
        footer = {
            "",
            "Ctrl-C ends training after the batch at hand and says how to resume it; the result is the same to the last bit.",
            "",
            "Example: halfwave train --data mnist --data-dir ~/data --model lenet --epochs 5",
            "         halfwave train --data flowers --model resnet18.onnx --replace-head 5"
        })
final class Train implements Callable<Integer> {
    private static final int MOST_THREADS = 1024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private WatchOptions watch = new WatchOptions();

    @Mixin
    private GradientOptions gradients = new GradientOptions();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to compute on; any number gives the same result (default: all processors).")
    private @Nullable Integer threads;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Go on from this checkpoint, with the options it was started with.")
    private @Nullable Path resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where the model and checkpoints go (default: runs/MODEL-DATA, or the resumed checkpoint's folder).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object per epoch, and one at the end.")
    private boolean json;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        checkThreads(check);
        Resumption resumption = resume == null ? null : Resumption.load(resume);
        RunSettings settings =
                resumption == null ? options.settings() : resumption.settings(options.settings(), spec.commandLine());
        Splits splits = settings.data().open(check);
        Model model = resumption == null
                ? settings.start(splits.train())
                : resumption.checkpoint().model();
        OutputFolder folder = new OutputFolder(folder(settings, resumption));
        folder.prepare();
        WorkerPool pool = threads == null ? WorkerPool.shared() : new WorkerPool(threads);
        try {
            TrainingRun run =
                    new TrainingRun(settings, splits, model, pool, folder, Console.of(spec, json), watch, gradients);
            return run.run(resumption == null ? null : resumption.checkpoint());
        } finally {
            if (threads != null) {
                pool.close();
            }
        }
    }

    private void checkThreads(Check check) {
        if (threads != null && (threads < 1 || threads > MOST_THREADS)) {
            throw check.wrong("--threads", "1 to " + MOST_THREADS, threads);
        }
    }

    private Path folder(RunSettings settings, @Nullable Resumption resumption) {
        if (out != null) {
            return out;
        }
        return resumption == null
                ? Path.of(
                        "runs",
                        settings.model().shortName() + "-" + settings.data().shortName())
                : resumption.folder();
    }
}
