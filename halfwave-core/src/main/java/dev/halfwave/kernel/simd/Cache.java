package dev.halfwave.kernel.simd;

/** Brings memory into the cache before tiles want it. */
final class Cache {
    /** Floats in a cache line. */
    private static final int LINE = 16;

    /** Half a megabyte: more would push out what it brought in. */
    private static final int MOST = 1 << 17;

    private Cache() {}

    /**
     * Reads a range in order, one float per line, unless it is too long to stay.
     *
     * <p>Tiles read a dozen places at a time and hop on after a few lines, which prefetchers do not follow. This they
     * do.
     */
    static void touch(float[] a, int from, int to) {
        if (to - from > MOST) {
            return;
        }
        float s = 0;
        float t = 0;
        float u = 0;
        float v = 0;
        int i = from;
        for (; i < to - 3 * LINE; i += 4 * LINE) {
            s += a[i];
            t += a[i + LINE];
            u += a[i + 2 * LINE];
            v += a[i + 3 * LINE];
        }
        for (; i < to; i += LINE) {
            s += a[i];
        }
        if (s + t + u + v == Float.MIN_VALUE) {
            Thread.onSpinWait(); // practically never; but without a use of the sum the compiler would drop the reads
        }
    }
}
