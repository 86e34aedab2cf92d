package dev.halfwave.cli;

import dev.halfwave.nn.Model;
import dev.halfwave.onnx.write.OnnxWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave export}. */
@Command(
        name = "export",
        description = "Write a model or checkpoint in another format.",
        sortOptions = false,
        footer = {
            "",
            "onnx opens in other tools; safetensors holds the weights by name, and is what a checkpoint is made of.",
            "",
            "Example: halfwave export --model runs/lenet-mnist/checkpoint.safetensors --to onnx"
        })
final class Export implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions source = new ModelOptions();

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
    private Format to = Format.onnx;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where it goes (default: beside the model, under its name with the format's ending).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** The formats, as they are typed. */
    enum Format {
        onnx,
        safetensors
    }

    @Override
    public Integer call() {
        Model model = source.load();
        Path file = out == null ? beside(source.file()) : out;
        if (to == Format.onnx) {
            OnnxWriter.save(model, file, Map.of());
        } else {
            model.save(file);
        }
        Console.of(spec, json)
                .result(
                        Json.object(
                                "file", file.toString(),
                                "format", to.name(),
                                "trainable", ModelFacts.of(model).trainable()),
                        String.format(Locale.ROOT, "saved %s", file));
        return 0;
    }

    private Path beside(Path model) {
        String name = String.valueOf(model.getFileName()).replaceFirst("\\.[^.]*$", "");
        return model.resolveSibling(name + "." + to);
    }
}
