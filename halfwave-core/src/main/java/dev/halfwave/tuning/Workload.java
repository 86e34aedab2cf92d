package dev.halfwave.tuning;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.ConvPass;
import dev.halfwave.kernel.WorkerPool;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** Operands of a pass, of any numbers, and room for its result and for what kernels need besides. */
final class Workload {
    /** Where an array's first cache line begins, at which programs lay out what they compute on. */
    private static final int START = 12;

    private static final int LINE = 16;

    /** Numbers in a row before they repeat: a prime, so that no two channels hold the same. */
    private static final int NUMBERS = 8191;

    private final WorkerPool pool;
    private final boolean packing;
    private final float[] a;
    private final float[] b;
    private final float[] bias;
    private final float[] out;
    private final float[] packed;
    private final float[] scratch;

    /**
     * The operands of a pass.
     *
     * @param kernels all that are going to run
     * @param packing whether packing the second operand is part of the work, as it is where that changes from run to run
     */
    Workload(ConvPass pass, Collection<BilinearKernel> kernels, boolean packing, WorkerPool pool) {
        ConvGeometry g = pass.geometry();
        int x = floats(g.n(), g.h(), g.w(), g.c());
        int w = floats(g.r(), g.s(), g.groupC(), g.k());
        int y = floats(g.n(), g.oh(), g.ow(), g.k());
        boolean data = pass.direction() == ConvPass.Direction.BACKWARD_DATA;
        boolean filters = pass.direction() == ConvPass.Direction.BACKWARD_FILTERS;
        this.pool = pool;
        this.packing = packing;
        a = numbers(data ? y : x);
        b = numbers(filters ? y : w);
        bias = numbers(g.k());
        out = room(filters ? w : data ? x : y);
        packed = room(most(kernels, BilinearKernel::packedFloats));
        scratch = room(most(kernels, BilinearKernel::scratchFloats));
        kernels.forEach(this::pack);
    }

    private static int floats(int n, int h, int w, int c) {
        return Math.multiplyExact(Math.multiplyExact(n, h), Math.multiplyExact(w, c));
    }

    private static int most(Collection<BilinearKernel> kernels, ToIntFunction<BilinearKernel> floats) {
        return kernels.stream().mapToInt(floats).max().orElse(0);
    }

    private static float[] room(int floats) {
        return new float[Math.addExact(START + LINE, floats)];
    }

    /** Numbers between −1 and 1. */
    private static float[] numbers(int floats) {
        SplittableRandom random = new SplittableRandom(floats);
        float[] numbers = room(floats);
        for (int i = 0; i < Math.min(NUMBERS, numbers.length); i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        for (int i = NUMBERS; i < numbers.length; i++) {
            numbers[i] = numbers[i - NUMBERS];
        }
        return numbers;
    }

    /** Does what a program does for this pass in every run. */
    void run(BilinearKernel kernel) {
        if (packing) {
            pack(kernel);
        }
        float[] second = kernel.packedFloats() == 0 ? b : packed;
        for (int i = 0; i < kernel.phases(); i++) {
            int phase = i;
            pool.run(
                    kernel.tasks(phase),
                    (k, task) -> k.run(phase, task, a, START, second, START, bias, START, out, START, scratch, START),
                    kernel);
        }
    }

    private void pack(BilinearKernel kernel) {
        if (kernel.packedFloats() > 0) {
            pool.run(kernel.packTasks(), (k, task) -> k.pack(b, START, packed, START, task), kernel);
        }
    }
}
