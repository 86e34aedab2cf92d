package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.ImageOptions;
import dev.halfwave.data.Images;
import dev.halfwave.format.AtomicFile;
import dev.halfwave.inspect.ActivatedLayers;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave inspect}. */
@Command(
        name = "inspect",
        description = "Look into a model: what its rectifiers do, as a page of pictures or as numbers.",
        sortOptions = false,
        footer = {
            "",
            "The page needs no other file and no network. With --data it also says what units do over the test images.",
            "",
            "Example: halfwave inspect --model runs/lenet-mnist/model.onnx --image seven.png --out report.html"
        })
final class Inspect implements Callable<Integer> {
    /** How many test images a page looks at unless told otherwise: enough for its percentages, in seconds. */
    private static final int PAGE_LIMIT = 1000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "The image to look at, stretched to the model's input (default: the first test image).")
    private @Nullable Path image;

    @Option(names = "--out", paramLabel = "FILE.html", description = "Write a page of pictures and tables.")
    private @Nullable Path out;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description =
                    "Show only this layer, as halfwave info --model names them (default: all with an activation).")
    private @Nullable String layer;

    @Option(
            names = "--regions",
            paramLabel = "N",
            description = "Count linear regions up to this many (default: as many as take seconds).")
    private @Nullable Integer regions;

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--effective-map",
            description = "For every test image, find the affine map that the network is there, logits = W·x + b, and"
                    + " say how far W·x + b is from the logits at worst, in float and in double.")
    private boolean effectiveMap;

    @Option(
            names = "--dead",
            description = "Over the test images, count the units that never fire, always fire or saturate, and those"
                    + " that are proved dead or always on for all pixels from 0 to 1.")
    private boolean dead;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        if (regions != null) {
            check.positive("--regions", regions);
        }
        DataSettings asked = data.settings(ImageOptions.asTheyAre());
        if (!effectiveMap && !dead && out == null) {
            throw check.wrong("--out", "a page to write, or --effective-map or --dead", "none of them");
        }
        Model loaded = model.load();
        Shape sample = loaded.network().sample();
        ImageOptions input = new ImageOptions(sample.size(0), sample.size(1), sample.size(2));
        boolean imageAlone =
                image != null && !spec.commandLine().getParseResult().hasMatchedOption(DataOptions.DATA);
        Dataset test = imageAlone && !effectiveMap && !dead
                ? null
                : asked.withImages(input).open(check).test();
        return inspect(check, loaded, test);
    }

    private int inspect(Check check, Model loaded, @Nullable Dataset test) {
        Console console = Console.of(spec, json);
        if (effectiveMap && test != null) {
            return new MapSurvey(loaded, test).report(console);
        }
        if (dead && test != null) {
            return new UnitSurvey(loaded, test).report(console);
        }
        if (layer != null) {
            check.value("--layer", () -> ActivatedLayers.of(loaded).activation(Objects.requireNonNull(layer)));
        }
        Path file = Objects.requireNonNull(out);
        Dataset shown = test == null || asked() ? test : test.limit(PAGE_LIMIT);
        Tensor pixels = image == null
                ? InspectReport.read(Objects.requireNonNull(shown), 0)
                : Images.read(image, loaded.network().sample());
        String name =
                image == null ? Objects.requireNonNull(shown).name() + " image 0" : String.valueOf(image.getFileName());
        String page = new InspectReport(loaded, pixels, name, shown, layer, regions)
                .page()
                .toString();
        AtomicFile.write(file, stream -> stream.write(page.getBytes(StandardCharsets.UTF_8)));
        console.result(Json.object("out", file.toString(), "bytes", page.length()), "saved " + file);
        return 0;
    }

    private boolean asked() {
        return spec.commandLine().getParseResult().hasMatchedOption("--limit");
    }
}
