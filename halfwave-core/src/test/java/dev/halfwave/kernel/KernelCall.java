package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Runs a kernel the way a program would: operands somewhere inside larger arrays. What lies around them is NaN, so that
 * a stray read shows in the result, and what lies around the result must stay as it was.
 */
final class KernelCall {
    /** In which order, and on which threads, the tasks of a phase are done. */
    enum Order {
        FORWARD,
        REVERSED,
        THREADS
    }

    private static final int BEFORE = 13;
    private static final int AFTER = 5;
    private static final float UNTOUCHED = -12345.5f;

    private final String what;
    private final BilinearKernel kernel;
    private final float[] a;
    private final float[] b;
    private final float[] bias;
    private final int outputs;
    private float[] former = new float[0];
    private float[] scratch = new float[0];

    KernelCall(String what, BilinearKernel kernel, float[] a, float[] b, float[] bias, int outputs) {
        this.what = what;
        this.kernel = kernel;
        this.a = inside(a);
        this.b = inside(b);
        this.bias = inside(bias);
        this.outputs = outputs;
    }

    /** The same with the result's former content, for kernels that add to it. */
    KernelCall onto(float[] content) {
        former = content;
        return this;
    }

    /** The result, after checking that nothing around it was touched. */
    float[] run(Order order) {
        float[] packed = b;
        if (kernel.packedFloats() > 0) {
            float[] area = nan(kernel.packedFloats());
            inOrder(order, kernel.packTasks(), task -> kernel.pack(b, BEFORE, area, BEFORE, task));
            checkBorders("packed", area, Float.NaN);
            packed = area;
        }
        scratch = nan(kernel.scratchFloats());
        float[] out = new float[BEFORE + outputs + AFTER];
        Arrays.fill(out, UNTOUCHED);
        System.arraycopy(former, 0, out, BEFORE, former.length);
        float[] second = packed;
        for (int p = 0; p < kernel.phases(); p++) {
            int phase = p;
            inOrder(
                    order,
                    kernel.tasks(phase),
                    task -> kernel.run(
                            phase, task, a, BEFORE, second, BEFORE, bias, BEFORE, out, BEFORE, scratch, BEFORE));
        }
        checkBorders("out", out, UNTOUCHED);
        checkBorders("scratch", scratch, Float.NaN);
        return Arrays.copyOfRange(out, BEFORE, BEFORE + outputs);
    }

    /** The channels' means, then their variances, as the last run left them in scratch. */
    float[] statistics(int channels) {
        float[] both = nan(2 * channels);
        int variances = BEFORE + channels;
        ((StatisticsKernel) kernel).statistics(scratch, BEFORE, both, BEFORE, both, variances);
        checkBorders("statistics", both, Float.NaN);
        return Arrays.copyOfRange(both, BEFORE, variances + channels);
    }

    /** Checks the result against the reference, and that order and threads change none of its bits. */
    void check(double[] expected, double tolerance) {
        float[] result = run(Order.FORWARD);
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(result[i] - expected[i]) <= tolerance)) {
                assertThat((double) result[i])
                        .as("%s: element %d of %d", what, i, outputs)
                        .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(tolerance));
            }
        }
        assertThat(result).hasSameSizeAs(expected);
        for (Order order : new Order[] {Order.REVERSED, Order.THREADS}) {
            assertThat(Arrays.mismatch(run(order), result))
                    .as("%s: the first element that differs when tasks run %s", what, order)
                    .isEqualTo(-1);
        }
    }

    private static void inOrder(Order order, int tasks, IntConsumer task) {
        switch (order) {
            case FORWARD -> {
                for (int i = 0; i < tasks; i++) {
                    task.accept(i);
                }
            }
            case REVERSED -> {
                for (int i = tasks - 1; i >= 0; i--) {
                    task.accept(i);
                }
            }
            case THREADS -> {
                try (WorkerPool pool = new WorkerPool(3)) {
                    pool.run(tasks, IntConsumer::accept, task);
                }
            }
        }
    }

    private void checkBorders(String name, float[] area, float untouched) {
        for (int i = 0; i < area.length; i++) {
            if (i < BEFORE || i >= area.length - AFTER) {
                assertThat(Float.floatToRawIntBits(area[i]))
                        .as("%s: %s outside its range, at %d", what, name, i - BEFORE)
                        .isEqualTo(Float.floatToRawIntBits(untouched));
            }
        }
    }

    private static float[] nan(int length) {
        float[] area = new float[BEFORE + length + AFTER];
        Arrays.fill(area, Float.NaN);
        return area;
    }

    private static float[] inside(float[] values) {
        float[] area = nan(values.length);
        System.arraycopy(values, 0, area, BEFORE, values.length);
        return area;
    }
}
