package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.nn.Model;
import dev.halfwave.onnx.ModelFiles;
import dev.halfwave.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
    @TempDir
    private Path directory;

    @Test
    void endsWithTheTestAccuracy() {
        Run run = Run.of("train", "--limit", 60, "--epochs", 2, "--model", "mlp", "--out", directory);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(5);
        assertThat(run.lines().get(0))
                .matches("epoch 1/2  loss \\d\\.\\d{4}  accuracy \\d\\.\\d{4}"
                        + "  validation loss \\d\\.\\d{4}  accuracy \\d\\.\\d{4}  [\\d,]+ images/s");
        assertThat(run.lines().get(1)).startsWith("epoch 2/2  ");
        assertThat(run.lines().get(2)).isEqualTo("saved " + directory.resolve("model.onnx"));
        assertThat(run.lastLine()).matches("test accuracy [01]\\.\\d{4}");
        assertThat(run.err())
                .contains("mlp with 101,770 parameters on strokes: 57 images to train on, 3 to validate, 60 to test");
        assertThat(directory.resolve("checkpoint.safetensors")).isRegularFile();
    }

    @Test
    void printsJsonAndNothingElse() {
        Run run = Run.of(
                "train",
                "--limit",
                50,
                "--epochs",
                2,
                "--model",
                "mlp",
                "--seed",
                7,
                "--threads",
                1,
                "--json",
                "--out",
                directory);

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<Map<String, Object>> objects = run.json();
        assertThat(objects).hasSize(3);
        assertThat(objects.get(1))
                .containsEntry("epoch", 2L)
                .containsOnlyKeys(
                        "epoch",
                        "loss",
                        "accuracy",
                        "validationLoss",
                        "validationAccuracy",
                        "learningRate",
                        "imagesPerSecond");
        assertThat(objects.get(2))
                .containsEntry("model", directory.resolve("model.onnx").toString())
                .containsEntry(
                        "checkpoint",
                        directory.resolve("checkpoint.safetensors").toString())
                .containsEntry("epochs", 2L)
                .containsEntry("seed", 7L)
                .containsEntry("threads", 1L)
                .containsEntry("testImages", 50L)
                .containsKeys("testAccuracy", "testLoss", "imagesPerSecond", "seconds", "kernels");
        assertThat((double) objects.get(2).get("testAccuracy")).isBetween(0.0, 1.0);
    }

    @Test
    void withoutValidationItTrainsOnAllImages() {
        Run run = Run.of(
                "train",
                "--limit",
                40,
                "--epochs",
                1,
                "--model",
                "mlp",
                "--validation",
                0,
                "--json",
                "--out",
                directory);

        assertThat(run.err()).contains("40 images to train on, 0 to validate, 40 to test");
        assertThat(run.json().get(0)).containsKey("loss").doesNotContainKey("validationLoss");
    }

    @Test
    void takesEveryName() {
        Run run = Run.of(
                "train",
                "--limit=40",
                "--epochs=1",
                "--model=lenet",
                "--activation=leaky-relu(0.2)",
                "--loss=svm",
                "--optimizer=nesterov",
                "--lr=0.001",
                "--schedule=cosine",
                "--batch=7",
                "--out=" + directory);

        assertThat(run.exitCode()).as(run.err()).isZero();
        Model model = Model.load(directory.resolve("checkpoint.safetensors"));
        assertThat(model.network().toString()).contains("LeakyRelu[slope=0.2]");
        Run info = Run.of("info", directory.resolve("model.onnx"));
        assertThat(info.out()).containsPattern("conv2d_1 .*leaky_relu");
    }

    @Test
    void theNumberOfThreadsChangesNoBit() throws IOException {
        assertThat(bytes("one", 1)).isEqualTo(bytes("three", 3));
    }

    private byte[] bytes(String name, int threads) throws IOException {
        Path folder = directory.resolve(name);
        Run run = Run.of("train", "--limit", 60, "--epochs", 1, "--threads", threads, "--out", folder);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Files.readAllBytes(folder.resolve("model.onnx"));
    }

    @Test
    void anExactRunIsResumedExactly() {
        Run run = Run.of("train", "--limit", 40, "--epochs", 1, "--model", "mlp", "--exact", "--out", directory);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path checkpoint = directory.resolve("checkpoint.safetensors");
        assertThat(Checkpoint.load(checkpoint).plan().exact()).isTrue();
        assertThat(Run.of("train", "--resume", checkpoint).exitCode()).isZero();

        Path fast = directory.resolve("fast");
        Run.of("train", "--limit", 40, "--epochs", 1, "--model", "mlp", "--out", fast);
        Run refused = Run.of("train", "--resume", fast.resolve("checkpoint.safetensors"), "--exact");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("received --exact true (not false)");
    }

    @Test
    void firstWeightsMayFollowFromData() {
        Run run = Run.of(
                "train", "--limit", 40, "--epochs", 1, "--model", "mlp", "--initializer", "lsuv", "--out", directory);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path checkpoint = directory.resolve("checkpoint.safetensors");
        assertThat(Run.of("train", "--resume", checkpoint).exitCode()).isZero();
        assertThat(Run.of("train", "--resume", checkpoint, "--initializer", "lsuv")
                        .exitCode())
                .isZero();

        Path usual = directory.resolve("usual");
        Run.of("train", "--limit", 40, "--epochs", 1, "--model", "mlp", "--out", usual);
        assertThat(usual.resolve("model.onnx").toFile()).exists();
        Run refused = Run.of("train", "--resume", usual.resolve("checkpoint.safetensors"), "--initializer", "lsuv");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("received --initializer lsuv (not usual)");
        Run file = Run.of("train", "--model", usual.resolve("model.onnx"), "--initializer", "lsuv");
        assertThat(file.err())
                .isEqualTo("halfwave: --initializer: expected a new network with lsuv, received --model "
                        + usual.resolve("model.onnx") + System.lineSeparator());
    }

    @Test
    void trainsOnAFolderOfImages() throws IOException {
        ImageFiles.classes(directory.resolve("photos"), 10, 12, "left", "right");
        Run run = Run.of(
                "train",
                "--data",
                directory.resolve("photos"),
                "--image-size",
                "16x20",
                "--grey",
                "--model",
                "mlp",
                "--epochs",
                1,
                "--json",
                "--out",
                directory.resolve("out"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        Model model = ModelFiles.load(directory.resolve("out/model.onnx"));
        assertThat(model.network().sample().sizes()).containsExactly(16, 20, 1);
        assertThat(model.classes()).containsExactly("left", "right");
        double trained = (double) run.json().get(1).get("testAccuracy");
        Run evaluated = Run.of(
                "evaluate", "--data", directory.resolve("photos"), "--model", directory.resolve("out/model.onnx"));
        assertThat(evaluated.lastLine()).isEqualTo(String.format(Locale.ROOT, "accuracy %.4f", trained));
    }

    @Test
    void refusesAFolderWhoseImagesDifferInSizeAndSaysHow() throws IOException {
        Path photos = directory.resolve("photos");
        ImageFiles.classes(photos, 3, 8, "a", "b");
        ImageFiles.write(photos.resolve("b/larger.png"), 9, 9);
        Run run = Run.of("train", "--data", photos, "--model", "mlp", "--out", directory.resolve("out"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("halfwave: " + photos.resolve("b/larger.png")
                        + ": expected an image of height 8 and width 8 as the first one, received height 9 and width 9;"
                        + " ask for a height and width to which all images are resized" + System.lineSeparator());
    }
}
