package dev.halfwave.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /**
     * Makes the folder and tries whether files can be written to it: better now than after hours of training.
     *
     * @throws UncheckedIOException if they cannot
     */
    void prepare() {
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, ".halfwave-", ".try"));
            for (Path file : new Path[] {model(), checkpoint()}) {
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
