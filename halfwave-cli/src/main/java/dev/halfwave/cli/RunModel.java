package dev.halfwave.cli;

import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.OnnxRunner;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.NumpyFile;
import dev.halfwave.onnx.file.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code halfwave run}. */
@Command(
        name = "run",
        description = "Run any ONNX model on NumPy arrays.",
        sortOptions = false,
        footer = {
            "",
            "Arrays have the layout that the model declares, mostly channels first; halfwave info FILE shows it.",
            "Each output becomes DIR/NAME.npy, with anything but letters, digits, dots and dashes in its name as _.",
            "",
            "Example: halfwave run super-resolution.onnx --input photo.npy --output-dir out"
        })
final class RunModel implements Callable<Integer> {
    private static final String INPUT = "--input";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The model.")
    private Path file = Path.of("");

    @Option(
            names = INPUT,
            paramLabel = "[NAME=]FILE",
            arity = "1..*",
            description = "An array for each input, in the model's order where it is not named.")
    private List<String> inputs = List.of();

    @Option(names = "--output-dir", required = true, paramLabel = "DIR", description = "Where the outputs go.")
    private Path outputs = Path.of("");

    @Mixin
    private Exactness exactness = new Exactness();

    @Mixin
    private TuneOptions tune = new TuneOptions();

    @Option(names = "--json", description = "Print one JSON object per output.")
    private boolean json;

    @Override
    public Integer call() {
        OnnxModel model = OnnxModel.load(file);
        Console console = Console.of(spec, json);
        WorkerPool pool = WorkerPool.shared();
        OnnxRunner runner = new OnnxRunner(model, tune.kernels(exactness.kernels(), pool, console), pool);
        Map<String, Literal> results = runner.run(arrays(model));
        try {
            Files.createDirectories(outputs);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
        results.forEach((name, content) -> write(console, name, content));
        return 0;
    }

    private Map<String, Literal> arrays(OnnxModel model) {
        List<Port> open = new ArrayList<>(model.inputs());
        Map<String, Literal> arrays = new LinkedHashMap<>();
        for (String argument : inputs) {
            Port port = port(model, argument, open);
            String path = argument.startsWith(port.name() + "=")
                    ? argument.substring(port.name().length() + 1)
                    : argument;
            arrays.put(port.name(), NumpyFile.read(Path.of(path)).as(port.type(), port.name()));
            open.remove(port);
        }
        return arrays;
    }

    /** The input that an argument is for: the one it names, else the first that has none yet. */
    private Port port(OnnxModel model, String argument, List<Port> open) {
        for (Port port : open) {
            if (argument.startsWith(port.name() + "=")) {
                return port;
            }
        }
        if (open.isEmpty() || argument.contains("=") && !Files.exists(Path.of(argument))) {
            throw new ParameterException(
                    spec.commandLine(),
                    INPUT + ": expected one array for each of the inputs " + model.inputs() + ", received " + argument);
        }
        return open.get(0);
    }

    private void write(Console console, String name, Literal content) {
        Path to = outputs.resolve(name.replaceAll("[^A-Za-z0-9.\\-]", "_") + ".npy");
        NumpyFile.write(to, content);
        console.result(
                Json.object(
                        "output", name,
                        "shape", ModelFacts.sizes(content.shape()),
                        "type", content.type().name().toLowerCase(Locale.ROOT),
                        "file", to.toString()),
                name + " " + content.shape() + " -> " + to);
    }
}
