package dev.halfwave.download;

import dev.halfwave.archive.Archive;
import dev.halfwave.archive.Limits;
import dev.halfwave.archive.ReadableFile;
import dev.halfwave.archive.UnpackedFile;
import dev.halfwave.format.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has to be in a file. Where it is known, the checksum of the unpacked bytes decides: mirrors pack the same bytes
 * differently.
 */
@FunctionalInterface
public interface Contents {
    /**
     * Compares a file with what should be in it.
     *
     * @throws ModelFormatException if it is something else, or damaged
     */
    void check(Path file);

    /** The file as it is has this MD5 or SHA-256. */
    static Contents packed(String hex) {
        Checksum wanted = new Checksum(hex);
        return file -> {
            MessageDigest digest = wanted.digest();
            try (InputStream in = ReadableFile.open(file, "a file")) {
                byte[] buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            } catch (IOException e) {
                throw ReadableFile.refused(file, "a file", "an error (" + e + ")", "check the disk", e);
            }
            compare(file.toString(), wanted, digest);
        };
    }

    /** The file, unpacked if it is gzip, has this MD5 or SHA-256. */
    static Contents unpacked(String hex) {
        Checksum wanted = new Checksum(hex);
        return file -> {
            MessageDigest digest = wanted.digest();
            try (UnpackedFile in = UnpackedFile.open(file)) {
                for (byte[] next = in.upTo(1 << 16); next.length > 0; next = in.upTo(1 << 16)) {
                    digest.update(next);
                }
            }
            compare(file + ", unpacked", wanted, digest);
        };
    }

    /**
     * The archive has files with these MD5s or SHA-256s, and perhaps others.
     *
     * @param hexes by the names in the archive
     */
    static Contents entries(Map<String, String> hexes) {
        Map<String, String> wanted = Map.copyOf(hexes);
        return file -> {
            Set<String> missing = new TreeSet<>(wanted.keySet());
            Archive.read(file, Limits.usual(), new Archive.Visitor() {
                @Override
                public boolean wants(String name) {
                    return wanted.containsKey(name);
                }

                @Override
                public void take(String name, byte[] content) {
                    missing.remove(name);
                    Checksum checksum = new Checksum(wanted.getOrDefault(name, ""));
                    MessageDigest digest = checksum.digest();
                    digest.update(content);
                    compare(file + ", " + name, checksum, digest);
                }
            });
            if (!missing.isEmpty()) {
                throw new ModelFormatException(file + ": expected an archive with " + wanted.size()
                        + " known files, received one without " + missing + "; get it from another mirror");
            }
        };
    }

    private static void compare(String where, Checksum wanted, MessageDigest digest) {
        if (!wanted.matches(digest)) {
            throw new ModelFormatException(where + ": expected the " + wanted.algorithm() + " " + wanted.hex()
                    + ", received other bytes; get it from another mirror");
        }
    }
}
