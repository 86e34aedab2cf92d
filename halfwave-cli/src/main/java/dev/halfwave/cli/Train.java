package dev.halfwave.cli;

import dev.halfwave.data.Splits;
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
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private WatchOptions watch = new WatchOptions();

    @Mixin
    private KeepOptions keep = new KeepOptions();

    @Mixin
    private LogOptions logs = new LogOptions();

    @Mixin
    private Threads threads = new Threads();

    @Mixin
    private TuneOptions tune = new TuneOptions();

    @Mixin
    private GradientOptions gradients = new GradientOptions();

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
        threads.check(check);
        Resumption resumption = resume == null ? null : Resumption.load(resume);
        RunSettings settings =
                resumption == null ? options.settings() : resumption.settings(options.settings(), spec.commandLine());
        Keeping keeping = resumption == null
                ? keep.settings(settings.validation())
                : resumption.keeping(keep.settings(), spec.commandLine());
        if (resumption != null) {
            resumption.goOn(tune, spec.commandLine());
        }
        Splits splits = settings.data().open(check);
        Model model = resumption == null
                ? settings.start(splits.train())
                : resumption.checkpoint().model();
        OutputFolder folder = new OutputFolder(folder(settings, resumption));
        folder.prepare();
        if (resumption != null) {
            folder.takeBest(resumption.folder());
        }
        Console console = Console.of(spec, json);
        return threads.with(pool -> new TrainingRun(
                        settings, splits, model, pool, folder, console, watch, gradients, keeping, logs, tune)
                .run(resumption == null ? null : resumption.checkpoint()));
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
