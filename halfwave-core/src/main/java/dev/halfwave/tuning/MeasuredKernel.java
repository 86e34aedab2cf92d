package dev.halfwave.tuning;

import dev.halfwave.kernel.BilinearKernel;

/**
 * A kernel that says that it was measured.
 *
 * @param kernel what it is
 */
record MeasuredKernel(BilinearKernel kernel) implements BilinearKernel {
    @Override
    public String algorithm() {
        return kernel.algorithm() + ", measured";
    }

    @Override
    public int packedFloats() {
        return kernel.packedFloats();
    }

    @Override
    public int packTasks() {
        return kernel.packTasks();
    }

    @Override
    public void pack(float[] b, int bo, float[] packed, int po, int task) {
        kernel.pack(b, bo, packed, po, task);
    }

    @Override
    public int scratchFloats() {
        return kernel.scratchFloats();
    }

    @Override
    public int phases() {
        return kernel.phases();
    }

    @Override
    public int tasks(int phase) {
        return kernel.tasks(phase);
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
        kernel.run(phase, task, a, ao, packed, po, bias, biasO, out, oo, scratch, so);
    }
}
