package dev.halfwave.data.augment;

import dev.halfwave.kernel.CounterRandom;

/**
 * Random numbers for one change of one image: the same ones for the same key, on every machine and in whatever order images
 * are worked on.
 */
public final class Draws {
    private final long key;
    private int count;

    /** The numbers of a key such as {@link CounterRandom#key(long...)} makes. */
    public Draws(long key) {
        this.key = key;
    }

    private int bits() {
        return CounterRandom.bits(key, count++);
    }

    /** A number from 0 (inclusive) to 1 (exclusive), in steps of 2⁻³². */
    public double uniform() {
        return (bits() & 0xffffffffL) * 0x1p-32;
    }

    /** A number from {@code from} (inclusive) to {@code to} (exclusive, but for rounding). */
    public double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    /** A number between −most and most. */
    public double around(double most) {
        return uniform(-most, most);
    }

    /** A whole number from 0 (inclusive) to {@code bound} (exclusive), each equally likely to within bound / 2³². */
    public int below(int bound) {
        return (int) ((bits() & 0xffffffffL) * bound >>> 32);
    }

    /** Whether something happens that happens with the given probability: never at 0, always at 1. */
    public boolean chance(double probability) {
        return uniform() < probability;
    }

    /**
     * A bell-shaped number with mean 0 and standard deviation 1, never beyond ±3.47: the sum of four uniform ones, which
     * takes neither a logarithm nor a root.
     */
    public double bell() {
        return (uniform() + uniform() + uniform() + uniform() - 2) * 1.7320508075688772;
    }
}
