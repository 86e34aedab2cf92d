package dev.halfwave.kernel.simd;

import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * One axis of a convolution, seen from what it writes: where each position written reads, and through which taps.
 *
 * <p>The position written at {@code places[i]} reads at {@code bases[i] + shifts[t]} through the filter's element
 * {@code taps[t]}. Shifts rise, so the taps that hit the axis, rather than padding, are consecutive; positions for
 * which they are the same form a band.
 *
 * @param taps elements of the window, in the order in which they are summed
 * @param shifts what each tap adds to a position's base
 * @param bands the positions, by the taps that hit
 */
record Axis(int[] taps, int[] shifts, List<Band> bands) {
    /**
     * Positions that use the taps {@code from … to − 1}.
     *
     * @param places where they lie on the axis that is written
     * @param bases what they read when the shift is 0
     */
    record Band(int from, int to, int[] places, int[] bases) {}

    /** Windows over an axis of the given length: each writes one output position. */
    static Axis forward(Window window, int length) {
        int[] taps = IntStream.range(0, window.size()).toArray();
        int[] places = IntStream.range(0, window.positions(length)).toArray();
        int[] bases = map(places, p -> p * window.stride() - window.before());
        return of(taps, map(taps, i -> i * window.dilation()), places, bases, length);
    }

    /**
     * The adjoint: elements of an axis of the given length, and the window positions that see them.
     *
     * <p>Element e is seen at position {@code (e + before − i · dilation) / stride} through tap i, if that is whole. So
     * elements whose
     * {@code (e + before) mod stride} is alike share their taps: one axis for each remainder that occurs.
     */
    static List<Axis> backward(Window window, int length) {
        List<Axis> axes = new ArrayList<>();
        for (int remainder = 0; remainder < window.stride(); remainder++) {
            int phase = remainder;
            int[] places = IntStream.range(0, length)
                    .filter(e -> (e + window.before()) % window.stride() == phase)
                    .toArray();
            int[] taps = IntStream.range(0, window.size())
                    .map(i -> window.size() - 1 - i)
                    .filter(i -> (phase - i * window.dilation()) % window.stride() == 0)
                    .toArray();
            if (places.length > 0) {
                int[] shifts = map(taps, i -> (phase - i * window.dilation()) / window.stride());
                int[] bases = map(places, e -> (e + window.before() - phase) / window.stride());
                axes.add(of(taps, shifts, places, bases, window.positions(length)));
            }
        }
        return axes;
    }

    /** Whether the elements that consecutive taps read are neighbours. */
    boolean consecutive() {
        return IntStream.range(1, shifts.length).allMatch(i -> shifts[i] == shifts[i - 1] + 1);
    }

    private static Axis of(int[] taps, int[] shifts, int[] places, int[] bases, int length) {
        List<Band> bands = new ArrayList<>();
        for (int start = 0, end; start < places.length; start = end) {
            int from = below(shifts, -bases[start]);
            int to = Math.max(from, below(shifts, length - bases[start]));
            end = start + 1;
            while (end < places.length
                    && below(shifts, -bases[end]) == from
                    && Math.max(from, below(shifts, length - bases[end])) == to) {
                end++;
            }
            bands.add(
                    new Band(from, to, Arrays.copyOfRange(places, start, end), Arrays.copyOfRange(bases, start, end)));
        }
        return new Axis(taps, shifts, bands);
    }

    /** How many of the rising numbers are below the limit. */
    private static int below(int[] rising, int limit) {
        int count = 0;
        while (count < rising.length && rising[count] < limit) {
            count++;
        }
        return count;
    }

    private static int[] map(int[] values, IntUnaryOperator f) {
        return IntStream.of(values).map(f).toArray();
    }
}
