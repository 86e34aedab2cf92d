package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.BilinearKernel;

/** What the plain kernels have in common: one phase, and b read as it stands unless a subclass packs it. */
abstract class ScalarKernel implements BilinearKernel {
    /** Work per task that makes up for handing it to another thread, about 100 µs of plain Java. */
    private static final long TASK_FLOPS = 1_000_000;

    private static final int MAX_TASKS = 64;

    /** Sums longer than this are summed in pieces, which keeps float32's rounding from adding up. */
    static final int SUM_PIECE = 512;

    private final int units;
    private final int tasks;

    /**
     * @param units into how many equal parts the work can be divided
     * @param flops the work as a whole
     */
    ScalarKernel(int units, long flops) {
        this.units = units;
        tasks = (int) Math.max(1, Math.min(Math.min(units, MAX_TASKS), flops / TASK_FLOPS));
    }

    @Override
    public String algorithm() {
        return "plain loops";
    }

    @Override
    public int packedFloats() {
        return 0;
    }

    @Override
    public int packTasks() {
        return 0;
    }

    @Override
    public void pack(float[] b, int bo, float[] packed, int po, int task) {}

    @Override
    public int scratchFloats() {
        return 0;
    }

    @Override
    public int phases() {
        return 1;
    }

    @Override
    public int tasks(int phase) {
        return tasks;
    }

    /** The first unit of a task; the last one ends where the next task begins. */
    final int start(int task) {
        return (int) ((long) units * task / tasks);
    }

    /** {@code y += f · x} over n floats. */
    static void addScaled(float f, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] += f * x[xo + i];
        }
    }

    /** {@code y += x} over n floats. */
    static void add(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] += x[xo + i];
        }
    }
}
