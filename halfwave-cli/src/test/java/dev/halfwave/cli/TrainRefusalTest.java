package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainRefusalTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--epochs 0 | --epochs: expected 1 or more, received 0",
                "--epochs few | --epochs: expected a whole number, received few",
                "--batch 0 | --batch: expected 1 or more, received 0",
                "--batch -5 | --batch: expected 1 or more, received -5",
                "--limit 0 | --limit: expected 1 or more, received 0",
                "--lr -1 | --lr: expected a learning rate above 0, received -1.0",
                "--lr 0 | --lr: expected a learning rate above 0, received 0.0",
                "--lr NaN | --lr: expected a learning rate above 0, received NaN",
                "--lr fast | --lr: expected a number, received fast",
                "--threads 0 | --threads: expected 1 to 1024, received 0",
                "--threads 1025 | --threads: expected 1 to 1024, received 1025",
                "--seed 1.5 | --seed: expected a whole number, received 1.5",
                "--validation 1 | --validation: expected a fraction from 0 to below 1, received 1.0",
                "--validation -0.1 | --validation: expected a fraction from 0 to below 1, received -0.1",
                "--image-size 0x3 | --image-size: expected a height and width as in 32x48, or one number, received 0x3",
                "--model lent | --model: unknown model \"lent\": did you mean \"lenet\"? Known: lenet, keras-cnn, mlp,"
                        + " vgg-small, vgg-11, vgg-16, resnet-20, resnet-18, resnet-34, resnet-50, mobilenet-v1,"
                        + " mobilenet-v2, squeezenet-1.1, irnn",
                "--initializer lsv | --initializer: expected usual or lsuv, received lsv",
                "--loss sofmax | --loss: unknown loss \"sofmax\": did you mean \"softmax\"? Known: softmax, svm,"
                        + " squared-hinge, one-vs-rest, mse, huber, focal, kl",
                "--optimizer adm | --optimizer: unknown optimizer \"adm\": did you mean \"adam\"?"
                        + " Known: sgd, nesterov, adam, adamw, rmsprop, adagrad, nadam, lion, lamb, muon",
                "--schedule onecycle | --schedule: unknown schedule \"onecycle\": did you mean \"one-cycle\"?"
                        + " Known: constant, cosine, one-cycle, step, exponential, polynomial, warm-restarts, plateau",
                "--accumulate 0 | --accumulate: expected 1 batch or more, received 0",
                "--clip-norm 0 | --clip-norm: expected a length above 0, received 0.0",
                "--clip-value -1 | --clip-value: expected a size above 0, received -1.0",
                "--ema 1 | --ema: expected a decay from 0 to below 1, received 1.0; 0.999 is usual",
                "--lookahead 0 | --lookahead: expected a period of 1 or more updates and a share above 0 and at"
                        + " most 1, received 0 and 0.5; 5 and 0.5 are usual",
                "--class-weights even | --class-weights: expected balanced, or a number for each class as in"
                        + " 1,2.5,1, received \"even\"",
                "--activation rleu | --activation: unknown activation \"rleu\": did you mean \"relu\"?"
                        + " Known: identity, step, relu, relu6, leaky-relu, prelu, rrelu, noisy-relu, thresholded-relu,"
                        + " squared-relu, abs, elu, selu, celu, softplus, sigmoid, hard-sigmoid, stepped-sigmoid, tanh, hard-tanh, arctan,"
                        + " softsign, gelu, gelu-tanh, silu, swish, hard-swish, mish, shrink",
            })
    void aValueThatCannotBeIsAUsageErrorThatNamesTheOption(String option, String message) {
        Run run = Run.of("train", option.replace(' ', '='), "--out", directory);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("halfwave: " + message + System.lineSeparator());
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anUnknownDatasetIsAUsageErrorWithASuggestion() {
        Run run = Run.of("train", "--data", "stroke", "--out", directory);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith(
                        "halfwave: --data: unknown dataset \"stroke\": did you mean \"strokes\"? Known: mnist, fashion-mnist, kmnist,"
                                + " cifar10, cifar100, strokes");
    }

    @Test
    void filesThatCannotBeDownloadedAreAFailure() {
        System.setProperty("halfwave.mirror", "http://127.0.0.1:9");
        try {
            Run run = Run.of("train", "--data", "mnist", "--data-dir", directory);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("halfwave: the download met Connection refused; trying again")
                    .contains(
                            "halfwave: train-images-idx3-ubyte.gz: expected to download it, received Connection refused from"
                                    + " http://127.0.0.1:9/mnist/train-images-idx3-ubyte.gz; ")
                    .contains("or put the file into " + directory.resolve("mnist") + " by other means");
        } finally {
            System.clearProperty("halfwave.mirror");
        }
    }

    @Test
    void filesThatAreNotIdxAreAFailure() throws IOException {
        for (String name :
                new String[] {"train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"}) {
            Files.write(
                    directory.resolve(name + "-ubyte"), new byte[] {1, 2, 3, 4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9});
        }
        Run run = Run.of("train", "--data", "mnist", "--data-dir", directory);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("halfwave: " + directory.resolve("train-images-idx3-ubyte"))
                .contains("expected", "received")
                .hasLineCount(1);
    }

    @Test
    void anEmptyFolderIsNoDataset() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Run run = Run.of("train", "--data", empty);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("halfwave: " + empty
                        + ": expected one sub-folder of images per class, received an empty folder;"
                        + " put each image into a sub-folder named after its class" + System.lineSeparator());
    }

    @Test
    void trainingThatDivergesSaysWhereAndWhatToDo() {
        Run run =
                Run.of("train", "--limit", 40, "--epochs", 3, "--lr", "1e30", "--optimizer", "sgd", "--out", directory);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .containsPattern(
                        "halfwave: epoch \\d, batch \\d: expected finite numbers, received NaN or infinity; layer"
                                + " \\S+ went bad first")
                .contains("try a learning rate below 1.0E30");
        assertThat(directory.resolve("model.onnx")).doesNotExist();
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsFoundBeforeTraining() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "content");
        refuses(file);
        refuses(file.resolve("below"));
        Path taken = directory.resolve("taken");
        Files.createDirectories(taken.resolve("model.onnx"));
        refuses(taken);
    }

    @Test
    void aReadOnlyFolderIsFoundBeforeTraining() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("read-only"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        Path place = Files.isWritable(folder) ? Path.of("/proc/halfwave") : folder; // root may write anywhere but there
        assumeTrue(Files.isDirectory(place.getParent()), "there is no place here where root may not write");
        refuses(place);
    }

    private static void refuses(Path out) {
        Run run = Run.of("train", "--limit", 20, "--epochs", 1, "--out", out);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("halfwave: " + out + ": expected a folder that can be written to, received ")
                .endsWith("; choose another with --out" + System.lineSeparator());
    }
}
