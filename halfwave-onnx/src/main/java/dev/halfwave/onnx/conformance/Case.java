package dev.halfwave.onnx.conformance;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.OnnxRunner;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.onnx.file.TensorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One case: a folder with {@code model.onnx} and folders {@code test_data_set_N} that hold {@code input_N.pb} and
 * {@code output_N.pb}.
 *
 * @param name its path below the folder that was searched
 * @param folder where it lies
 */
public record Case(String name, Path folder) {
    private static final String MODEL = "model.onnx";

    /**
     * All cases below a folder, in the order of their names.
     *
     * @throws UncheckedIOException if the folder cannot be read
     */
    public static List<Case> below(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith(MODEL))
                    .map(Path::getParent)
                    .map(folder -> new Case(name(root, folder), folder))
                    .sorted(Comparator.comparing(Case::name))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String name(Path root, Path folder) {
        String relative = root.relativize(folder).toString().replace('\\', '/');
        return relative.isEmpty() ? String.valueOf(folder.getFileName()) : relative;
    }

    /** Runs the case; what is wrong, with the largest error, if anything is. */
    public Optional<String> run(Kernels kernels, WorkerPool pool) {
        try {
            OnnxModel model = OnnxModel.load(folder.resolve(MODEL));
            OnnxRunner runner = new OnnxRunner(model, kernels, pool);
            for (Path data : folders()) {
                Optional<String> failure = run(model, runner, data);
                if (failure.isPresent()) {
                    return failure;
                }
            }
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(String.valueOf(failure.getMessage()).replace(folder.toString(), name));
        }
    }

    private Optional<String> run(OnnxModel model, OnnxRunner runner, Path data) {
        Map<String, Literal> inputs = tensors(data, "input", model.inputs());
        Map<String, Literal> expected = tensors(data, "output", model.outputs());
        Map<String, Literal> received = runner.run(inputs);
        Tolerance tolerance = Tolerance.of(model);
        for (Map.Entry<String, Literal> output : expected.entrySet()) {
            Literal literal = received.get(output.getKey());
            Optional<String> difference = literal == null
                    ? Optional.of("expected it, received none")
                    : tolerance.difference(output.getValue(), literal);
            if (difference.isPresent()) {
                return Optional.of(data.getFileName() + ", output \"" + output.getKey() + "\": " + difference.get());
            }
        }
        return Optional.empty();
    }

    private List<Path> folders() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(Files::isDirectory).sorted().toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("expected a folder test_data_set_0, received none");
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Tensors by the names they have in the model; files are numbered in the model's order. */
    private static Map<String, Literal> tensors(Path data, String kind, List<Port> ports) {
        Map<String, Literal> tensors = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(ports.stream().map(Port::name).toList());
        for (int i = 0; Files.exists(data.resolve(kind + "_" + i + ".pb")); i++) {
            TensorFile file = TensorFile.read(data.resolve(kind + "_" + i + ".pb"));
            String name = names.contains(file.name()) || i >= names.size() ? file.name() : names.get(i);
            tensors.put(name, file.content());
        }
        return tensors;
    }
}
