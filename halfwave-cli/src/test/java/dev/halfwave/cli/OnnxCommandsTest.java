package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.nn.Model;
import dev.halfwave.onnx.ModelFiles;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.NumpyFile;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on ONNX models. */
class OnnxCommandsTest {
    @TempDir
    private Path directory;

    private Path images(int batch) {
        Path file = directory.resolve("images.npy");
        Tensor images = Tensor.zeros(Shape.of(batch, 1, 28, 28));
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = i % 7 / 7f;
        }
        NumpyFile.write(file, Literal.of(ElementType.FLOAT, images));
        return file;
    }

    @Test
    void runsAModelOnArrays() {
        Run named =
                Run.of("run", Trained.model(), "--input", "images=" + images(3), "--output-dir", directory, "--json");
        assertThat(named.exitCode()).as(named.err()).isZero();
        assertThat(named.json().get(0))
                .containsEntry("output", "logits")
                .containsEntry("shape", List.of(3L, 10L))
                .containsEntry("type", "float");
        Literal first = NumpyFile.read(directory.resolve("logits.npy")).content();
        Run exact = Run.of("run", Trained.model(), "--exact", "--output-dir", directory, "--input", images(3));
        assertThat(exact.lines()).containsExactly("logits [3, 10] -> " + directory.resolve("logits.npy"));
        float[] again = NumpyFile.read(directory.resolve("logits.npy"))
                .content()
                .tensor()
                .data();
        for (int i = 0; i < again.length; i++) {
            assertThat(again[i]).isCloseTo(first.tensor().data()[i], Offset.offset(1e-3f));
        }
    }

    @Test
    void saysWhichInputsThereAre() {
        Run wrong = Run.of("run", Trained.model(), "--input", "pictures=" + images(1), "--output-dir", directory);
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .startsWith(
                        "halfwave: --input: expected one array for each of the inputs [images: float[N, 1, 28, 28]],"
                                + " received pictures=")
                .hasLineCount(1);
        Run none = Run.of("run", Trained.model(), "--output-dir", directory);
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("expected a tensor for input images: float[N, 1, 28, 28], received []");
    }

    @Test
    void countsTheCasesThatPass() throws IOException {
        Run empty = Run.of("conformance", directory);
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.err()).contains("expected a folder with test cases in it or below, received none");

        Path broken = Files.createDirectories(directory.resolve("suite/test_broken"));
        Files.writeString(broken.resolve("model.onnx"), "no model");
        Run run = Run.of("conformance", directory);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).isEqualTo("0 passed, 1 failed");
        assertThat(run.lines().get(0)).startsWith("suite/test_broken: ");
        Map<String, Object> json =
                Run.of("conformance", directory, "--json").json().get(0);
        assertThat(json).containsEntry("passed", 0L).containsEntry("failed", 1L);
    }

    @Test
    void exportsAndComesBack() {
        Path onnx = directory.resolve("again.onnx");
        Run toOnnx = Run.of("export", "--model", Trained.checkpoint(), "--to", "onnx", "--out", onnx);
        assertThat(toOnnx.exitCode()).as(toOnnx.err()).isZero();
        assertThat(toOnnx.lastLine()).isEqualTo("saved " + onnx);
        assertThat(onnx).hasSameBinaryContentAs(Trained.model());
        Path weights = directory.resolve("weights.safetensors");
        assertThat(Run.of("export", "--model", onnx, "--to", "safetensors", "--out", weights)
                        .exitCode())
                .isZero();
        Model model = ModelFiles.load(onnx);
        assertThat(Model.load(weights).network()).isEqualTo(model.network());
        assertThat(Model.load(weights).parameters().toMap())
                .isEqualTo(model.parameters().toMap());
    }

    @Test
    void goesOnFromAModelAndTransfersIt() throws IOException {
        Path out = directory.resolve("on");
        Run on = Run.of("train", "--model", Trained.model(), "--limit", 60, "--epochs", 1, "--out", out);
        assertThat(on.exitCode()).as(on.err()).isZero();
        assertThat(on.err()).contains("61,706 parameters");
        Run resumed = Run.of("train", "--resume", out.resolve("checkpoint.safetensors"), "--model", Trained.model());
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();

        ImageFiles.classes(directory.resolve("photos"), 10, 12, "left", "right");
        Object[] transfer = {
            "train", "--model", Trained.model(), "--data", directory.resolve("photos"), "--epochs", 1, "--out", out
        };
        Run refused = Run.of(transfer);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("received one of 10; replace its last layer with --replace-head 2");
        Object[] replaced = Arrays.copyOf(transfer, transfer.length + 2);
        replaced[transfer.length] = "--replace-head";
        replaced[transfer.length + 1] = 2;
        Run run = Run.of(replaced);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(ModelFiles.load(out.resolve("model.onnx")).classes()).containsExactly("left", "right");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        Run head = Run.of("train", "--model", "lenet", "--replace-head", 3);
        assertThat(head.exitCode()).isEqualTo(2);
        assertThat(head.err()).contains("--replace-head: expected an ONNX model with it, received --model lenet");
        Run pixels = Run.of("evaluate", "--model", Trained.checkpoint(), "--pixels", "0..255");
        assertThat(pixels.exitCode()).isEqualTo(2);
        assertThat(pixels.err()).contains("--pixels: expected an ONNX model with it, received ");
        Run spec = Run.of("evaluate", "--model", Trained.model(), "--pixels", "bright");
        assertThat(spec.exitCode()).isEqualTo(2);
        assertThat(spec.err()).contains("--pixels: pixels: expected a range as in 0..255");
        Run resumed = Run.of("train", "--resume", Trained.model());
        assertThat(resumed.exitCode()).isEqualTo(1);
        assertThat(resumed.err()).contains("received an ONNX model, which holds no state of training");
    }

    @Test
    void timesAModel() {
        Path json = directory.resolve("times.json");
        Run run = Run.of("bench", Trained.model(), "--batch", 2, "--threads", 1, "--json", json);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lastLine()).matches(".*, batch 2, 1 threads: median [\\d.]+ ms, 80 % of \\d+ runs from .*");
        assertThat(json).content().contains("\"batch\":2", "\"medianMillis\":");
    }
}
