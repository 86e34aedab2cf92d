package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.StatisticsKernel;
import dev.halfwave.kernel.WrappedKernel;
import dev.halfwave.tensor.Window;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kernel over images that were copied into zeros first, so that every window lies inside.
 *
 * <p>For images of few channels that is cheap, and what follows need not tell border pixels from others.
 */
final class PaddedKernel extends WrappedKernel implements StatisticsTaker {
    /** Floats that are worth a task of copying. */
    private static final int TASK_FLOATS = 1 << 16;

    private final ConvGeometry from;
    private final ConvGeometry to;
    private final int room;
    private final int tasks;

    private PaddedKernel(ConvGeometry from, ConvGeometry to, BilinearKernel inner) {
        super(inner);
        this.from = from;
        this.to = to;
        room = Math.multiplyExact(to.n() * to.h(), to.w() * to.c()) + 15 & ~15;
        tasks = Math.max(1, Math.min(to.n() * to.h(), room / TASK_FLOATS));
    }

    /** The kernel for the geometry without padding, behind a copy if there is any. */
    static BilinearKernel of(ConvGeometry g, Function<ConvGeometry, BilinearKernel> plan) {
        if (!g.vertical().padded() && !g.horizontal().padded()) {
            return plan.apply(g);
        }
        ConvGeometry padded = new ConvGeometry(
                g.n(),
                g.h() + g.vertical().before() + g.vertical().after(),
                g.w() + g.horizontal().before() + g.horizontal().after(),
                g.c(),
                g.k(),
                unpadded(g.vertical()),
                unpadded(g.horizontal()),
                g.groups());
        return new PaddedKernel(g, padded, plan.apply(padded));
    }

    private static Window unpadded(Window window) {
        return new Window(window.size(), window.stride(), window.dilation(), 0, 0);
    }

    @Override
    public Optional<StatisticsKernel> takingStatistics(int copies) {
        return inner instanceof StatisticsTaker taker
                ? taker.takingStatistics(copies).map(this::around)
                : Optional.empty();
    }

    private StatisticsKernel around(StatisticsKernel taking) {
        return new TakingKernel(
                new PaddedKernel(from, to, taking),
                (scratch, so, mean, meanO, variance, varianceO) ->
                        taking.statistics(scratch, so + room, mean, meanO, variance, varianceO));
    }

    @Override
    public String algorithm() {
        return inner.algorithm() + " on a padded copy";
    }

    @Override
    public int scratchFloats() {
        return Math.addExact(room, inner.scratchFloats());
    }

    @Override
    public int phases() {
        return 1 + inner.phases();
    }

    @Override
    public int tasks(int phase) {
        return phase == 0 ? tasks : inner.tasks(phase - 1);
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
        if (phase == 0) {
            int rows = to.n() * to.h();
            for (int row = (int) ((long) rows * task / tasks); row < (long) rows * (task + 1) / tasks; row++) {
                copyRow(row, a, ao, scratch, so + row * to.w() * to.c());
            }
        } else {
            inner.run(phase - 1, task, scratch, so, packed, po, bias, biasO, out, oo, scratch, so + room);
        }
    }

    private void copyRow(int row, float[] a, int ao, float[] padded, int start) {
        int end = start + to.w() * to.c();
        int y = row % to.h() - from.vertical().before();
        if (y < 0 || y >= from.h()) {
            Arrays.fill(padded, start, end, 0f);
            return;
        }
        int width = from.w() * from.c();
        int left = start + from.horizontal().before() * from.c();
        Arrays.fill(padded, start, left, 0f);
        System.arraycopy(a, ao + (row / to.h() * from.h() + y) * width, padded, left, width);
        Arrays.fill(padded, left + width, end, 0f);
    }
}
