package dev.halfwave.data;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes samples of 8-bit values when they are first read, and keeps them when all of them together are small enough.
 *
 * <p>Two threads that read the same sample for the first time at once both make it; one of the two equal results is
 * kept.
 */
final class SampleCache {
    /** Half a gibibyte. */
    static final long MOST_BYTES = 1L << 29;

    private final IntFunction<byte[]> make;
    private final @Nullable AtomicReferenceArray<byte[]> kept;

    SampleCache(int size, long bytesPerSample, IntFunction<byte[]> make) {
        this.make = make;
        this.kept = size * bytesPerSample <= MOST_BYTES ? new AtomicReferenceArray<>(size) : null;
    }

    byte[] get(int index) {
        if (kept == null) {
            return make.apply(index);
        }
        byte[] sample = kept.get(index);
        if (sample == null) {
            sample = make.apply(index);
            kept.set(index, sample);
        }
        return sample;
    }
}
