package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A little model that several tests look at, trained once by the command itself. */
final class Trained {
    private static final Path FOLDER = train();

    private Trained() {}

    static Path model() {
        return FOLDER.resolve("model.onnx");
    }

    static Path checkpoint() {
        return FOLDER.resolve("checkpoint.safetensors");
    }

    private static Path train() {
        try {
            Path folder = Files.createTempDirectory("halfwave-trained");
            folder.toFile().deleteOnExit(); // after its files, whose turn comes first
            Run run = Run.of("train", "--limit", 150, "--epochs", 1, "--seed", 3, "--threads", 2, "--out", folder);
            assertThat(run.exitCode()).as(run.err()).isZero();
            for (String name : new String[] {"model.onnx", "checkpoint.safetensors"}) {
                folder.resolve(name).toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An image of the dataset it was trained on. */
    static Path sample(Path folder, int index) {
        Path file = folder.resolve("sample-" + index + ".png");
        Run run = Run.of("sample", "--index", index, "--out", file);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return file;
    }
}
