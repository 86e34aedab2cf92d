package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.ImageOptions;
import dev.halfwave.data.Loader;
import dev.halfwave.data.Splits;
import dev.halfwave.data.augment.Augmentations;
import dev.halfwave.data.augment.Chain;
import dev.halfwave.format.Pictures;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave sample}. */
@Command(
        name = "sample",
        description =
                "Write one image of a dataset as a PNG file, and print its class; or measure how fast images come.",
        sortOptions = false,
        footer = {
            "",
            "Example: halfwave sample --data strokes --index 7 --out digit.png",
            "         halfwave sample --data cifar10.tar.gz --part train --speed",
            "         halfwave sample --data strokes --augment default --out sheet.png"
        })
final class Sample implements Callable<Integer> {
    private static final String OUT = "--out";
    private static final int BATCH = 64;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(names = "--part", paramLabel = "PART", description = "train or test (default: ${DEFAULT-VALUE}).")
    private String part = "test";

    @Option(
            names = "--index",
            paramLabel = "N",
            description = "Which image, counted from 0 (default: ${DEFAULT-VALUE}).")
    private int index;

    @Option(names = OUT, paramLabel = "FILE.png", description = "The file to write.")
    private @Nullable Path out;

    @Option(
            names = "--speed",
            description = "Read the part twice in batches of 64 as training does, and print images per second.")
    private boolean speed;

    @Option(
            names = AugmentOptions.OPTION,
            paramLabel = "CHAIN",
            completionCandidates = KnownNames.OfAugmentations.class,
            description = "Change images as train --augment does, for --speed or a sheet with 31 changes of one:"
                    + " ${COMPLETION-CANDIDATES} (default: the image alone).")
    private @Nullable String augment;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        if (!part.equals("train") && !part.equals("test")) {
            throw check.wrong("--part", "train or test", part);
        }
        if (out == null && !speed) {
            throw check.wrong(OUT, "a file to write, or --speed", "neither");
        }
        Splits splits = data.settings(ImageOptions.asTheyAre()).open(check);
        Dataset dataset = part.equals("train") ? splits.train() : splits.test();
        if (speed) {
            Loader loader = Loader.of(dataset, BATCH).shuffled(0).augmented(chain(check, dataset));
            DataSpeed measured = DataSpeed.of(loader);
            Console.of(spec, json).result(measured.object(loader), measured.text(loader));
        }
        if (out != null) {
            write(check, dataset, out);
        }
        return 0;
    }

    private void write(Check check, Dataset dataset, Path file) {
        if (index < 0 || index >= dataset.size()) {
            throw check.wrong("--index", "0 to " + (dataset.size() - 1), index);
        }
        Pictures.writePng(file, picture(check, dataset));
        String name = dataset.classes().get(dataset.label(index));
        Console.of(spec, json)
                .result(Json.object("class", name, "index", index, "part", part, "out", file.toString()), name);
    }

    private Chain chain(Check check, Dataset dataset) {
        String asked = augment;
        return asked == null
                ? Chain.NONE
                : check.value(AugmentOptions.OPTION, () -> Augmentations.of(asked, dataset.sampleShape()));
    }

    private Tensor picture(Check check, Dataset dataset) {
        if (augment != null) {
            return new AugmentedSheet(dataset, index, chain(check, dataset), 0).picture();
        }
        Tensor image = Tensor.zeros(dataset.sampleShape());
        dataset.read(index, image.data(), 0);
        return image;
    }
}
