package dev.halfwave.kernel;

import java.util.ArrayList;
import java.util.List;

/** The providers under test: plain Java always, the Vector API unless this run is without it. */
final class Each {
    /** Lengths around the widths of vectors, blocks and unrolled loops. */
    static final int[] LENGTHS = {0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 255, 256, 257, 513, 1000};

    /** Channel counts that fill vectors, and that do not. */
    static final int[] CHANNELS = {1, 2, 3, 7, 8, 10, 15, 16, 17, 24, 31, 33, 64, 65, 130, 257, 2100};

    private Each() {}

    static List<Kernels> provider() {
        List<Kernels> providers = new ArrayList<>(List.of(Providers.scalar()));
        if (!"scalar".equals(System.getProperty(Providers.PROPERTY))) {
            providers.add(Providers.named("simd"));
        }
        return providers;
    }
}
