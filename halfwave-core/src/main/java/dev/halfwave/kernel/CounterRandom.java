package dev.halfwave.kernel;

/**
 * Random bits as a pure function of a key and a counter, so that a mask is recomputed instead of stored.
 *
 * <p>Three rounds of multiply and xor-shift over 32 bits, the key's halves entering between the rounds. It is meant for
 * dropout and data augmentation, not for cryptography. Kernels repeat this arithmetic in vector lanes; the bits are the
 * same.
 *
 * @see <a href="https://www.thesalmons.org/john/random123/papers/random123sc11.pdf">Salmon et al. 2011, on counters</a>
 */
public final class CounterRandom {
    /** The first round's multiplier. */
    public static final int M1 = 0x7feb352d;

    /** The second round's multiplier. */
    public static final int M2 = 0x846ca68b;

    /** The third round's multiplier. */
    public static final int M3 = 0x9e3779b1;

    private static final long START = 0x243f6a8885a308d3L;

    private CounterRandom() {}

    /** 32 random bits of one counter under one key. */
    public static int bits(long key, int counter) {
        int z = counter ^ (int) key;
        z = (z ^ (z >>> 16)) * M1;
        z = (z ^ (z >>> 15)) * M2;
        z ^= (int) (key >>> 32);
        z = (z ^ (z >>> 16)) * M3;
        z = (z ^ (z >>> 15)) * M1;
        return z ^ (z >>> 16);
    }

    /** A key made of several numbers, as of a seed, a layer and a step: SplitMix64's finaliser after each. */
    public static long key(long... parts) {
        long key = START;
        for (long part : parts) {
            key = add(key, part);
        }
        return key;
    }

    /** A key made of two numbers: the same as {@link #key(long...)} of both, without allocating. */
    public static long key(long first, long second) {
        return add(add(START, first), second);
    }

    private static long add(long key, long part) {
        return mix(key + 0x9e3779b97f4a7c15L + part);
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
