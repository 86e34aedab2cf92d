package dev.halfwave.tensor;

import java.util.Arrays;

/**
 * A sparse matrix as it is applied along an axis: for every output its taps, each the index of an input and a weight.
 *
 * <p>Stored as compressed rows: the taps of output {@code i} are those numbered {@code [start(i), start(i + 1))}. An
 * output may have no taps, and is 0 then. Immutable; equal where sizes, indices and weights are.
 *
 * <pre>{@code
 * Taps halves = Taps.of(4, new int[] {0, 2, 4}, new int[] {0, 1, 2, 3}, new double[] {0.5, 0.5, 0.5, 0.5});
 * }</pre>
 */
public final class Taps {
    private final int inputs;
    private final int[] starts;
    private final int[] indices;
    private final double[] weights;

    private Taps(int inputs, int[] starts, int[] indices, double[] weights) {
        this.inputs = inputs;
        this.starts = starts;
        this.indices = indices;
        this.weights = weights;
    }

    /**
     * Taps for an axis of {@code inputs} elements.
     *
     * @param starts where the taps of each output begin, and behind them their number: one more than there are outputs
     * @param indices for each tap the input it looks at
     * @param weights for each tap what the input is multiplied by
     * @throws IllegalArgumentException if the arrays do not fit one another, or an index is outside the axis
     */
    public static Taps of(int inputs, int[] starts, int[] indices, double[] weights) {
        Taps taps = new Taps(inputs, starts.clone(), indices.clone(), weights.clone());
        taps.check();
        return taps;
    }

    /** One tap of weight 1 for each output. */
    public static Taps of(int inputs, Indices indices) {
        int[] starts = new int[indices.size() + 1];
        double[] ones = new double[indices.size()];
        Arrays.setAll(starts, i -> i);
        Arrays.fill(ones, 1);
        return of(inputs, starts, indices.toArray(), ones);
    }

    private void check() {
        if (indices.length != weights.length || starts.length == 0 || starts[0] != 0 || !ascending()) {
            throw new IllegalArgumentException("taps: expected starts that ascend from 0 to the number of indices and"
                    + " weights, received " + starts.length + " starts, " + indices.length + " indices and "
                    + weights.length + " weights");
        }
        for (int index : indices) {
            if (index < 0 || index >= inputs) {
                throw new IllegalArgumentException(
                        "taps: expected indices from 0 to " + (inputs - 1) + ", received " + index);
            }
        }
    }

    private boolean ascending() {
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] < starts[i - 1]) {
                return false;
            }
        }
        return starts[starts.length - 1] == indices.length;
    }

    /** The size of the axis they are applied to. */
    public int inputs() {
        return inputs;
    }

    /** The size of the axis that results. */
    public int outputs() {
        return starts.length - 1;
    }

    /** The first tap of an output; of the one behind the last output, the number of taps. */
    public int start(int output) {
        return starts[output];
    }

    /** The input that a tap looks at. */
    public int index(int tap) {
        return indices[tap];
    }

    /** What a tap multiplies its input by. */
    public double weight(int tap) {
        return weights[tap];
    }

    /** The transposed matrix: what was input {@code j} is an output, with a tap for every output that looked at it. */
    public Taps transposed() {
        int[] from = new int[inputs + 1];
        for (int index : indices) {
            from[index + 1]++;
        }
        Arrays.parallelPrefix(from, Integer::sum);
        int[] next = from.clone();
        int[] outputs = new int[indices.length];
        double[] moved = new double[indices.length];
        for (int output = 0; output < outputs(); output++) {
            for (int tap = starts[output]; tap < starts[output + 1]; tap++) {
                int at = next[indices[tap]]++;
                outputs[at] = output;
                moved[at] = weights[tap];
            }
        }
        return new Taps(outputs(), from, outputs, moved);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Taps taps
                && inputs == taps.inputs
                && Arrays.equals(starts, taps.starts)
                && Arrays.equals(indices, taps.indices)
                && Arrays.equals(weights, taps.weights);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * inputs + Arrays.hashCode(starts)) + Arrays.hashCode(indices))
                + Arrays.hashCode(weights);
    }

    /** As in {@code 8 to 4 by 16 taps}. */
    @Override
    public String toString() {
        return inputs + " to " + outputs() + " by " + indices.length + " taps";
    }
}
