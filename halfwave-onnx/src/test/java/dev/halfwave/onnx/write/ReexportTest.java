package dev.halfwave.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.RandomNetworks;
import dev.halfwave.onnx.Classifier;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.conformance.Case;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.onnx.file.TensorFile;
import dev.halfwave.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was read from a file can be written again, and ONNX Runtime still agrees. */
class ReexportTest {
    private static Model imported(OnnxModel file) {
        return Classifier.of(file).model();
    }

    @Test
    void randomNetworksAgreeOnceMore() {
        for (long seed = 0; seed < 60; seed++) {
            OnnxModel file =
                    OnnxModel.of(Agreement.of(RandomNetworks.of(seed), seed).toByteArray(), "seed " + seed);
            Model model = imported(file);
            Agreement.of(model.network(), model.parameters(), seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet-mnist-pytorch", "mnist-cntk"})
    void othersModelsAgree(String name) {
        Model model = imported(OnnxModel.load(shared("models").resolve(name + ".onnx")));
        Agreement.of(model.network(), model.parameters(), 1);
    }

    @Test
    void everyConformanceCaseIsWrittenAgain(TestReporter reporter) {
        List<Case> cases = Case.below(shared("conformance").resolve("onnx"));
        List<String> failures = new ArrayList<>();
        for (Case test : cases) {
            try {
                Agreement.ofFixed(graph(test.folder()));
            } catch (RuntimeException | AssertionError failure) {
                failures.add(test.name() + ": " + failure.getMessage());
            }
        }
        reporter.publishEntry("written again", cases.size() - failures.size() + " of " + cases.size());
        assertThat(cases).hasSizeGreaterThan(300);
        assertThat(failures).isEmpty();
    }

    /** The model of a case as a graph for its first data. */
    private static Graph graph(Path folder) {
        OnnxModel model = OnnxModel.load(folder.resolve("model.onnx"));
        Map<String, Shape> shapes = new HashMap<>();
        Map<String, Literal> fixed = new HashMap<>();
        for (int i = 0; i < model.inputs().size(); i++) {
            Port input = model.inputs().get(i);
            Path file = folder.resolve("test_data_set_0").resolve("input_" + i + ".pb");
            Literal given = TensorFile.read(file).content();
            if (model.isDeciding(input)) {
                fixed.put(input.name(), given);
            } else {
                shapes.put(input.name(), given.shape());
            }
        }
        return model.graph(shapes, fixed, Mode.INFERENCE).graph();
    }

    /** Without the data the test is skipped, or fails on a continuous-integration server. */
    private static Path shared(String name) {
        Path repository = Path.of("").toAbsolutePath().getParent();
        Path shared = repository.resolve(System.getenv().getOrDefault("HALFWAVE_DATA", "../shared"));
        Path folder = shared.resolve(name).normalize();
        if (!Files.isDirectory(folder)) {
            String reason = folder + ": expected a folder; set HALFWAVE_DATA to the one that has " + name;
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(reason);
            }
            assumeTrue(false, reason);
        }
        return folder;
    }
}
