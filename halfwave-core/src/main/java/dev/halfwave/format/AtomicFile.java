package dev.halfwave.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Replaces files so that a reader finds the whole old content or the whole new one, whatever happens in between.
 *
 * <p>The content goes to a hidden temporary file in the target's directory, is forced to the disk, and takes the
 * target's name in one step of the file system; then the directory is forced too, where the system allows that (Windows
 * does not). If anything fails, the temporary file is deleted and the target left as it was. What a killed process
 * leaves behind is deleted by the next write to the same target. Several threads and processes may write one target at
 * once: the last to finish wins. Missing parent directories are created. A symbolic link is replaced, not followed. A
 * pending interrupt of the thread neither hinders a write nor gets lost.
 */
public final class AtomicFile {
    private static final String ELSEWHERE = "choose another place, or make this one writable";

    private AtomicFile() {}

    /** What is to stand in a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; the stream is buffered, and closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, or replaces it.
     *
     * @param target where the content goes; a regular file, or nothing yet
     * @param content is called once; what it throws unchecked goes to the caller after the cleaning up
     * @throws UncheckedIOException if the content cannot be written there, with the text <i>path: expected X, received Y;
     *     what to do</i>; the target is then as it was
     */
    public static void write(Path target, Content content) {
        Path file = target.toAbsolutePath();
        refuseUnlessReplaceable(target, file);
        Path directory = createdParent(target, file);
        TemporaryFile.deleteAbandoned(file);
        try (TemporaryFile temporary = temporary(target, file)) {
            temporary.write(content);
            temporary.become(file);
        } catch (IOException e) {
            throw refusal(
                    target,
                    "to write the whole file",
                    reason(e),
                    "free some space or choose another place; what was there before is untouched",
                    e);
        }
        force(directory);
    }

    private static void refuseUnlessReplaceable(Path target, Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            String received = Files.isDirectory(file) ? "a directory" : "a device";
            throw refusal(
                    target,
                    "a file to write",
                    received,
                    "add a file's name",
                    new FileAlreadyExistsException(file.toString()));
        }
    }

    private static Path createdParent(Path target, Path file) {
        Path directory = file.getParent();
        if (directory == null) { // the root, which is refused as a directory before
            throw new IllegalArgumentException(target + ": expected a file in a directory, received a root");
        }
        try {
            create(directory);
            return directory;
        } catch (IOException e) {
            throw refusal(target, "a writable directory", reason(e), ELSEWHERE, e);
        }
    }

    private static void create(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (Files.isDirectory(directory) || parent == null) {
            return;
        }
        create(parent);
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) { // otherwise another writer was faster
                throw e;
            }
        }
        force(parent);
    }

    private static TemporaryFile temporary(Path target, Path file) {
        try {
            return TemporaryFile.create(file);
        } catch (IOException e) {
            throw refusal(target, "a writable directory", reason(e), ELSEWHERE, e);
        }
    }

    /**
     * Makes a rename last. Without this, a power failure could bring the old file back; it could not mix the two. So
     * where a system cannot force a directory, the write still counts as done.
     */
    private static void force(Path directory) {
        boolean interrupted = Thread.interrupted(); // an interrupt would close the channel
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException exists) {
            return "a file at " + exists.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (e instanceof FileSystemException failed && failed.getReason() != null) {
            return Text.quoted(failed.getReason()) + " for " + failed.getFile();
        }
        return Text.quoted(e.toString());
    }

    private static UncheckedIOException refusal(
            Path target, String expected, String received, String advice, IOException cause) {
        String text = target + ": expected " + expected + ", received " + received + "; " + advice;
        return new UncheckedIOException(text, cause);
    }
}
