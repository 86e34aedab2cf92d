package dev.halfwave.data;

/**
 * Random numbers whose every bit is fixed by the seed, on every machine and JDK.
 *
 * <p>The generator is SplitMix64: a counter in steps of the golden ratio, finished by two multiplications and three
 * xor-shifts.
 *
 * @see <a href="https://doi.org/10.1145/2714064.2660195">Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014</a>
 */
final class SplitMix {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private long state;

    /**
     * A generator for one place in a tree of seeds, as for (seed, epoch): different places give independent numbers.
     */
    SplitMix(long... path) {
        for (long step : path) {
            state = mix(state + GOLDEN + step);
        }
    }

    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** A whole number from 0 (inclusive) to {@code bound} (exclusive), each equally likely to within bound / 2⁶³. */
    int below(int bound) {
        return (int) Math.multiplyHigh(next() >>> 1, (long) bound << 1);
    }

    /** A number from 0 (inclusive) to 1 (exclusive). */
    double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    /**
     * A bell-shaped number with mean 0 and standard deviation 1, never beyond ±3.47: the sum of four uniform 16-bit
     * numbers. It takes neither a logarithm nor a root, whose last bit may differ between machines.
     */
    double bell() {
        long bits = next();
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum - 2 * 65535L) * (1.7320508075688772 / 65536);
    }

    /** The numbers from 0 to {@code size - 1} in random order: Fisher and Yates' shuffle. */
    int[] permutation(int size) {
        int[] order = identity(size);
        for (int i = size - 1; i > 0; i--) {
            int j = below(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /** The numbers from 0 to {@code size - 1} in order. */
    static int[] identity(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        return order;
    }
}
