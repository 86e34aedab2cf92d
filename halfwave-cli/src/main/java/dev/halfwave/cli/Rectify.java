package dev.halfwave.cli;

import dev.halfwave.data.Images;
import dev.halfwave.format.Pictures;
import dev.halfwave.inspect.ActivatedLayers;
import dev.halfwave.inspect.Filter;
import dev.halfwave.inspect.FilterFile;
import dev.halfwave.inspect.Filtering;
import dev.halfwave.inspect.Rectification;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.onnx.ModelFiles;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code halfwave rectify}. */
@Command(
        name = "rectify",
        description = "Draw what the rectifier makes of an image's feature map.",
        sortOptions = false,
        footer = {
            "",
            "The feature map comes from a filter, or from a layer of a model, for which the image is stretched to its input.",
            "A filter's file has one line per row, numbers between spaces, remarks behind #.",
            "",
            "Example: halfwave rectify photo.jpg --filter sobel-x --out rectified.png"
        })
final class Rectify implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "IMAGE", description = "A PNG, JPEG, GIF or BMP image.")
    private Path image = Path.of("");

    @Option(
            names = "--filter",
            paramLabel = "NAME|FILE",
            completionCandidates = KnownNames.OfFilters.class,
            description = "${COMPLETION-CANDIDATES}, or a text file with a filter (default: ${DEFAULT-VALUE}).")
    private String filter = "sobel-x";

    @Option(names = "--model", paramLabel = "FILE", description = "Take a layer of this model instead of a filter.")
    private @Nullable Path model;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "Which layer, as halfwave info --model names them (default: the first with an activation).")
    private @Nullable String layer;

    @Option(
            names = "--channel",
            paramLabel = "N",
            description = "Show only this channel of the layer, counted from 0 (default: all).")
    private @Nullable Integer channel;

    @Option(names = "--invert", description = "Swap black and white first.")
    private boolean invert;

    @Option(names = "--out", required = true, paramLabel = "FILE.png", description = "The picture to write.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        checkCombination();
        Rectification rectification = model == null ? filtered(check) : layer(check, ModelFiles.load(model));
        Shape map = rectification.featureMap().shape();
        Console.of(spec, json)
                .result(
                        Json.object(
                                "cutShare", rectification.cutShare(),
                                "activation", rectification.activation(),
                                "height", map.size(0),
                                "width", map.size(1),
                                "channels", map.size(2),
                                "out", out.toString()),
                        "saved " + out + System.lineSeparator() + RectificationPicture.remark(rectification));
        return 0;
    }

    private void checkCombination() {
        boolean filterGiven = spec.commandLine().getParseResult().hasMatchedOption("--filter");
        if (model != null && filterGiven) {
            throw new ParameterException(spec.commandLine(), "--filter: expected a filter or a --model, received both");
        }
        if (model == null && (layer != null || channel != null)) {
            String option = layer != null ? "--layer" : "--channel";
            throw new ParameterException(
                    spec.commandLine(), option + ": expected a --model whose layer to show, received none");
        }
    }

    private Rectification filtered(Check check) {
        Filter detector = filter(check);
        Rectification result = Filtering.rectify(detector, inverted(Images.read(image)), WorkerPool.shared());
        save(result, image.getFileName() + " through the filter " + detector.name(), detector.name());
        return result;
    }

    /** A file if there is one of that name, so that a misspelt name gets its suggestion. */
    private Filter filter(Check check) {
        return Filter.names().contains(filter) || !Files.exists(Path.of(filter))
                ? check.value("--filter", () -> Filter.of(filter))
                : FilterFile.read(Path.of(filter));
    }

    private Rectification layer(Check check, Model loaded) {
        Tensor pixels = inverted(Images.read(image, loaded.network().sample()));
        ActivatedLayers layers = ActivatedLayers.of(loaded);
        if (layers.names().isEmpty()) {
            throw new IllegalArgumentException(
                    model + ": expected a layer with an activation, received a network without");
        }
        String name = layer == null ? layers.names().get(0) : layer;
        Rectification whole = check.value("--layer", () -> layers.rectify(name, pixels, WorkerPool.shared()));
        Integer only = channel;
        Rectification shown = only == null ? whole : check.value("--channel", () -> whole.channel(only));
        String where = only == null ? name : name + ", channel " + only;
        save(shown, image.getFileName() + " in " + loaded.network().name() + ", layer " + where, name);
        return shown;
    }

    private Tensor inverted(Tensor pixels) {
        for (int i = 0; invert && i < pixels.data().length; i++) {
            pixels.data()[i] = 1 - pixels.data()[i];
        }
        return pixels;
    }

    private void save(Rectification rectification, String heading, String maker) {
        BufferedImage picture = RectificationPicture.draw(rectification, heading, maker);
        int[] argb = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        Pictures.writePng(out, picture.getWidth(), picture.getHeight(), argb);
    }
}
