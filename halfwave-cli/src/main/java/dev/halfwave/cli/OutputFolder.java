package dev.halfwave.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a training run leaves its files.
 *
 * @param path the folder
 */
record OutputFolder(Path path) {
    /** The finished model. */
    Path model() {
        return path.resolve("model.onnx");
    }

    /** What training can be resumed from. */
    Path checkpoint() {
        return path.resolve("checkpoint.safetensors");
    }

    /** The weights of the best epoch so far, if they are kept. */
    Path best() {
        return path.resolve("best.safetensors");
    }

    /**
     * Takes the weights of the best epoch from the folder of a run that goes on here.
     *
     * @throws UncheckedIOException if they cannot be copied
     */
    void takeBest(Path from) {
        Path source = from.resolve(best().getFileName());
        if (source.toAbsolutePath().normalize().equals(best().toAbsolutePath().normalize()) || !Files.exists(source)) {
            return;
        }
        try {
            Files.copy(source, best(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    source + ": expected a file to copy to " + path + ", received an error (" + e
                            + "); resume without --out",
                    e);
        }
    }

    /**
     * Makes the folder and tries whether files can be written to it: better now than after hours of training.
     *
     * @throws UncheckedIOException if they cannot
     */
    void prepare() {
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, ".halfwave-", ".try"));
            for (Path file : new Path[] {model(), checkpoint(), best()}) {
                if (Files.isDirectory(file)) {
                    throw new FileAlreadyExistsException(file.toString());
                }
            }
        } catch (IOException e) {
            String received = e instanceof FileAlreadyExistsException
                    ? "something else of that name at " + e.getMessage()
                    : "an error of the file system (" + e + ")";
            throw new UncheckedIOException(
                    path + ": expected a folder that can be written to, received " + received
                            + "; choose another with --out",
                    e);
        }
    }
}
