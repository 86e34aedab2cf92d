package dev.halfwave.archive;

/**
 * How much an archive may unpack to.
 *
 * @param entries the most files and folders
 * @param entryBytes the most bytes of one file
 * @param totalBytes the most bytes of all files together
 * @param ratio how many times its own size an archive may unpack to; pictures rarely get smaller by packing
 * @param freeBytes the bytes that may be unpacked whatever the ratio
 */
public record Limits(int entries, long entryBytes, long totalBytes, int ratio, long freeBytes) {
    private static final long MEBIBYTE = 1L << 20;

    /** One million entries of up to 64 MiB, 1 GiB together, and at most 100 times the archive's size beyond 64 MiB. */
    public static Limits usual() {
        return new Limits(1_000_000, 64 * MEBIBYTE, 1024 * MEBIBYTE, 100, 64 * MEBIBYTE);
    }

    /** The most bytes that an archive of the given size may unpack to. */
    long allowed(long archiveBytes) {
        return Math.min(totalBytes, Math.max(freeBytes, archiveBytes * ratio));
    }
}
