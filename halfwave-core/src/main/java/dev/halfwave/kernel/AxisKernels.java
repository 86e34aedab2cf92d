package dev.halfwave.kernel;

import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Taps;

/**
 * Work along one axis of a tensor, which is seen as {@code [outer, size, inner]}: the axis itself, everything in front
 * of it, and everything behind.
 *
 * <p>Rows are the runs of {@code inner} floats of the output, counted over the outer axes: row {@code o · outputs + i}
 * is element i of the axis in slice o.
 */
public interface AxisKernels {
    /**
     * Rows {@code [from, to)} of {@code y[o, i] = x[o, indices[i]]}.
     *
     * @param size the axis's size in x
     */
    void take(Indices indices, int size, int inner, float[] x, int xo, float[] y, int yo, int from, int to);

    /**
     * Rows {@code [from, to)} of {@code y[o, i] = Σ weight · x[o, index]} over the taps of i, in their order; 0 where
     * there are none.
     */
    void resample(Taps taps, int inner, float[] x, int xo, float[] y, int yo, int from, int to);
}
