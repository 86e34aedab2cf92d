package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.ImageOptions;
import dev.halfwave.data.Splits;
import dev.halfwave.format.Pictures;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave sample}. */
@Command(
        name = "sample",
        description = "Write one image of a dataset as a PNG file, and print its class.",
        sortOptions = false,
        footer = {"", "Example: halfwave sample --data strokes --index 7 --out digit.png"})
final class Sample implements Callable<Integer> {
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

    @Option(names = "--out", required = true, paramLabel = "FILE.png", description = "The file to write.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        if (!part.equals("train") && !part.equals("test")) {
            throw check.wrong("--part", "train or test", part);
        }
        Splits splits = data.settings(ImageOptions.asTheyAre()).open(check);
        Dataset dataset = part.equals("train") ? splits.train() : splits.test();
        if (index < 0 || index >= dataset.size()) {
            throw check.wrong("--index", "0 to " + (dataset.size() - 1), index);
        }
        Tensor image = Tensor.zeros(dataset.sampleShape());
        dataset.read(index, image.data(), 0);
        Pictures.writePng(out, image);
        String name = dataset.classes().get(dataset.label(index));
        Console.of(spec, json)
                .result(Json.object("class", name, "index", index, "part", part, "out", out.toString()), name);
        return 0;
    }
}
