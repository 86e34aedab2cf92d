package dev.halfwave.tuning;

import dev.halfwave.kernel.Algorithm;
import dev.halfwave.kernel.BilinearKernel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Computes nothing, and makes a clock go on as if that had taken some time. */
final class FakeKernel implements BilinearKernel {
    private final String name;
    private final AtomicLong clock;
    private final LongSupplier nanos;
    private final long packNanos;
    private int runs;

    FakeKernel(String name, AtomicLong clock, long packNanos, LongSupplier nanos) {
        this.name = name;
        this.clock = clock;
        this.nanos = nanos;
        this.packNanos = packNanos;
    }

    FakeKernel(String name, AtomicLong clock, long nanos) {
        this(name, clock, 0, () -> nanos);
    }

    Algorithm algorithmOfIt() {
        return new Algorithm(name, () -> this);
    }

    int runs() {
        return runs;
    }

    @Override
    public String algorithm() {
        return name;
    }

    @Override
    public int packedFloats() {
        return 1;
    }

    @Override
    public int packTasks() {
        return 1;
    }

    @Override
    public void pack(float[] b, int bo, float[] packed, int po, int task) {
        clock.addAndGet(packNanos);
    }

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
        return 1;
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
        runs++;
        clock.addAndGet(nanos.getAsLong());
    }
}
