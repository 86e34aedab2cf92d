package dev.halfwave.tensor;

import java.util.Arrays;

/** Positions along an axis, in any order and as often as wished; immutable, and equal where the positions are. */
public final class Indices {
    private static final int SHOWN = 8;

    private final int[] values;

    private Indices(int[] values) {
        this.values = values;
    }

    /** The given positions. */
    public static Indices of(int... values) {
        return new Indices(values.clone());
    }

    /** How many there are. */
    public int size() {
        return values.length;
    }

    /** Position number i. */
    public int get(int i) {
        return values[i];
    }

    /** All positions. */
    public int[] toArray() {
        return values.clone();
    }

    /**
     * How many positions from number {@code i} on, {@code most} at the utmost, follow one another without a gap, so
     * that they can be copied at once.
     */
    public int run(int i, int most) {
        int length = 1;
        while (length < most && values[i + length] == values[i] + length) {
            length++;
        }
        return length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Indices indices && Arrays.equals(values, indices.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** As in {@code [0, 2, 4]}; of many the first few and their number. */
    @Override
    public String toString() {
        if (values.length <= SHOWN) {
            return Arrays.toString(values);
        }
        return Arrays.toString(Arrays.copyOf(values, SHOWN)).replace("]", ", … " + values.length + " in all]");
    }
}
