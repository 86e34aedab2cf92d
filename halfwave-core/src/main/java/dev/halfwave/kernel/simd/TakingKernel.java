package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.StatisticsKernel;

/** A kernel whose tasks leave moments in scratch, together with what merges them. */
final class TakingKernel extends WrappedKernel implements StatisticsKernel {
    private final Merging merging;

    TakingKernel(BilinearKernel inner, Merging merging) {
        super(inner);
        this.merging = merging;
    }

    @Override
    public String algorithm() {
        return inner.algorithm();
    }

    @Override
    public int scratchFloats() {
        return inner.scratchFloats();
    }

    @Override
    public int phases() {
        return inner.phases();
    }

    @Override
    public int tasks(int phase) {
        return inner.tasks(phase);
    }

    @Override
    public void run(
            int phase,
            int task,
            float[] a,
            int ao,
            float[] packed,
            int po,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so) {
        inner.run(phase, task, a, ao, packed, po, bias, biasO, out, oo, scratch, so);
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
