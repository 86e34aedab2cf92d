package dev.halfwave.archive;

import dev.halfwave.format.ModelFormatException;
import java.nio.file.Path;

/** Counts what comes out of one archive, and stops it at the limits. */
final class Meter {
    private final Path archive;
    private final Limits limits;
    private final long allowed;
    private long bytes;
    private int entries;

    Meter(Path archive, Limits limits) {
        this.archive = archive;
        this.limits = limits;
        this.allowed = limits.allowed(archive.toFile().length());
    }

    /** Counts an entry, before anything of it is unpacked. */
    void entry() {
        entries++;
        if (entries > limits.entries()) {
            throw refused(
                    "at most " + limits.entries() + " entries",
                    "more",
                    "unpack it and give the folder, if you trust it");
        }
    }

    /** Counts the bytes that an entry says it has. */
    void promised(String name, long size) {
        if (size > limits.entryBytes()) {
            throw refused("files of at most " + limits.entryBytes() + " bytes", "\"" + name + "\" of " + size, TRUST);
        }
        unpacked(size);
    }

    /** Counts bytes that were unpacked, or are about to be. */
    void unpacked(long count) {
        bytes += count;
        if (bytes > allowed) {
            throw refused(
                    "an archive of " + archive.toFile().length() + " bytes to unpack to at most " + allowed,
                    "more",
                    TRUST);
        }
    }

    /** How many bytes the entry at hand may still have. */
    int room() {
        return (int) Math.min(limits.entryBytes(), allowed - bytes);
    }

    private static final String TRUST = "if you trust it, unpack it and give the folder";

    private ModelFormatException refused(String expected, String received, String advice) {
        return new ModelFormatException(archive + ": expected " + expected + ", received " + received + "; " + advice);
    }
}
