package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.StatisticsKernel;
import dev.halfwave.kernel.WrappedKernel;

/** A kernel whose tasks leave moments in scratch, together with what merges them. */
final class TakingKernel extends WrappedKernel implements StatisticsKernel {
    private final Merging merging;

    TakingKernel(BilinearKernel inner, Merging merging) {
        super(inner);
        this.merging = merging;
    }

    @Override
    public void statistics(float[] scratch, int so, float[] mean, int meanO, float[] variance, int varianceO) {
        merging.merge(scratch, so, mean, meanO, variance, varianceO);
    }

    /** What makes statistics of the moments in scratch. */
    @FunctionalInterface
    interface Merging {
        void merge(float[] scratch, int so, float[] mean, int meanO, float[] variance, int varianceO);
    }
}
