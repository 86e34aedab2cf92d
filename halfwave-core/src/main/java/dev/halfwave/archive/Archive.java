package dev.halfwave.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Walks through the entries of a zip, tar or gzipped tar file; which one it is, its contents say.
 *
 * <p>Names lead out of no folder, entries are files and folders and nothing else, none comes twice, and all of them
 * together stay within {@link Limits}: an archive that breaks one of these rules is refused. Nothing is written.
 */
public final class Archive {
    private Archive() {}

    /** What is done with the entries. */
    public interface Visitor {
        /**
         * Whether a file's content is wanted.
         *
         * @param name with forward slashes, inside the archive
         */
        boolean wants(String name);

        /** Takes a file that was wanted. */
        void take(String name, byte[] content);
    }

    /** Whether a file is an archive that can be read here, by its first bytes. */
    public static boolean isArchive(Path file) {
        return isZip(file) || Tar.isTar(file);
    }

    /**
     * Reads an archive from front to back.
     *
     * @throws java.io.UncheckedIOException if there is no such file or it cannot be read
     * @throws dev.halfwave.format.ModelFormatException if it is damaged, breaks a rule or goes beyond the limits
     */
    public static void read(Path file, Limits limits, Visitor visitor) {
        if (isZip(file)) {
            Zip.read(file, new Meter(file, limits), visitor);
        } else {
            Tar.read(file, new Meter(file, limits), visitor);
        }
    }

    private static boolean isZip(Path file) {
        try (InputStream in = ReadableFile.open(file, "an archive")) {
            byte[] start = in.readNBytes(4);
            boolean empty = start.length == 4 && start[2] == 5 && start[3] == 6;
            boolean filled = start.length == 4 && start[2] == 3 && start[3] == 4;
            return (empty || filled) && start[0] == 'P' && start[1] == 'K';
        } catch (IOException e) {
            throw ReadableFile.refused(
                    file, "an archive", "an error of the file system (" + e + ")", "check the disk", e);
        }
    }
}
