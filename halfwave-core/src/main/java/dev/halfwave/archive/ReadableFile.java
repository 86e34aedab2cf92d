package dev.halfwave.archive;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens files, and says so when there is none. */
public final class ReadableFile {
    private ReadableFile() {}

    /**
     * Opens a file for reading.
     *
     * @param expected what the file should be, as in {@code an image}
     * @throws UncheckedIOException if there is no such file, or the system refuses to open it
     */
    public static FileInputStream open(Path file, String expected) {
        if (!Files.isRegularFile(file)) {
            String received = Files.isDirectory(file) ? "a folder" : Files.exists(file) ? "a device" : "nothing there";
            throw refused(file, expected, received, "check the path", new FileNotFoundException("no regular file"));
        }
        try {
            // Not by way of a channel, which a thread that was interrupted cannot read from.
            return new FileInputStream(file.toFile());
        } catch (FileNotFoundException e) {
            throw refused(file, expected, "a refusal (" + e.getMessage() + ")", "check the permissions", e);
        }
    }

    /** The error for a file that cannot be used: <i>file: expected X, received Y; what to do</i>. */
    public static UncheckedIOException refused(
            Path file, String expected, String received, String advice, IOException cause) {
        return new UncheckedIOException(
                file + ": expected " + expected + ", received " + received + "; " + advice, cause);
    }
}
