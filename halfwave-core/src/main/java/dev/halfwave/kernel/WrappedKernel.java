package dev.halfwave.kernel;

/** A kernel that does what another one does, but for what its subclass changes; that one packs b. */
public abstract class WrappedKernel implements BilinearKernel {
    /** The other one. */
    protected final BilinearKernel inner;

    /** @param inner the other one */
    protected WrappedKernel(BilinearKernel inner) {
        this.inner = inner;
    }

    @Override
    public String algorithm() {
        return inner.algorithm();
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
}
