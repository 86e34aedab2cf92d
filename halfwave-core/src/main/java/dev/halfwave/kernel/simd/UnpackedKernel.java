package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;

/** A kernel that reads b as it stands. */
abstract class UnpackedKernel implements BilinearKernel {
    @Override
    public final int packedFloats() {
        return 0;
    }

    @Override
    public final int packTasks() {
        return 0;
    }

    @Override
    public final void pack(float[] b, int bo, float[] packed, int po, int task) {}
}
