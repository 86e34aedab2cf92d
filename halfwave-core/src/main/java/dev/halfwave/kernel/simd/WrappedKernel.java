package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;

/** A kernel that prepares or finishes the work of another one, which packs b. */
abstract class WrappedKernel implements BilinearKernel {
    final BilinearKernel inner;

    WrappedKernel(BilinearKernel inner) {
        this.inner = inner;
    }

    @Override
    public final int packedFloats() {
        return inner.packedFloats();
    }

    @Override
    public final int packTasks() {
        return inner.packTasks();
    }

    @Override
    public final void pack(float[] b, int bo, float[] packed, int po, int task) {
        inner.pack(b, bo, packed, po, task);
    }
}
