package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.StatisticsKernel;
import java.util.Arrays;
import java.util.Optional;

/** A convolution in {@link PixelGroups}: filters and bias are copied for each pixel, then the wide convolution runs. */
final class PixelGroupKernel implements StatisticsTaker {
    private final PixelGroups groups;
    private final boolean turned;
    private final Epilogue epilogue;
    private final BilinearKernel wide;
    private final int biasFloats;

    /** @param turned whether filters come as {@code [R, S, K, C]}, to be turned by half a circle: for the input's gradient */
    PixelGroupKernel(PixelGroups groups, boolean turned, Epilogue epilogue) {
        this(groups, turned, epilogue, ConvPlan.forward(groups.wide(), epilogue));
    }

    private PixelGroupKernel(PixelGroups groups, boolean turned, Epilogue epilogue, BilinearKernel wide) {
        this.groups = groups;
        this.turned = turned;
        this.epilogue = epilogue;
        this.wide = wide;
        biasFloats = epilogue.bias() ? groups.step() + 15 & ~15 : 0;
    }

    @Override
    public Optional<StatisticsKernel> takingStatistics(int copies) {
        return wide instanceof StatisticsTaker taker
                ? taker.takingStatistics(copies * groups.pixels()).map(this::around)
                : Optional.empty();
    }

    private StatisticsKernel around(StatisticsKernel taking) {
        return new TakingKernel(new PixelGroupKernel(groups, turned, epilogue, taking), taking::statistics);
    }

    @Override
    public String algorithm() {
        return wide.algorithm() + ", " + groups.pixels() + " pixels at once";
    }

    @Override
    public int packedFloats() {
        return Math.addExact(wide.packedFloats(), groups.filterFloats());
    }

    /** One: such filters are small. */
    @Override
    public int packTasks() {
        return 1;
    }

    @Override
    public void pack(float[] b, int bo, float[] packed, int po, int task) {
        int filters = po + wide.packedFloats();
        Arrays.fill(packed, filters, filters + groups.filterFloats(), 0);
        for (int row = 0; row < groups.narrow().r(); row++) {
            for (int column = 0; column < groups.narrow().s(); column++) {
                for (int pixel = 0; pixel < groups.pixels(); pixel++) {
                    copy(row, column, b, bo, packed, filters + groups.place(row, column, pixel));
                }
            }
        }
        for (int inner = 0; inner < wide.packTasks(); inner++) {
            wide.pack(packed, filters, packed, po, inner);
        }
    }

    /** Copies one element of the window, all channels and filters. */
    private void copy(int row, int column, float[] b, int bo, float[] filters, int to) {
        int c = groups.narrow().c();
        int k = groups.narrow().k();
        if (!turned) {
            int from = bo + (row * groups.narrow().s() + column) * c * k;
            for (int i = 0; i < c; i++) {
                System.arraycopy(b, from + i * k, filters, to + i * groups.step(), k);
            }
            return;
        }
        int element = groups.narrow().r() * groups.narrow().s()
                - 1
                - (row * groups.narrow().s() + column);
        for (int i = 0; i < c; i++) {
            for (int j = 0; j < k; j++) {
                filters[to + i * groups.step() + j] = b[bo + (element * k + j) * c + i];
            }
        }
    }

    @Override
    public int scratchFloats() {
        return Math.addExact(wide.scratchFloats(), mostTasks() * biasFloats);
    }

    private int mostTasks() {
        int most = 0;
        for (int phase = 0; phase < wide.phases(); phase++) {
            most = Math.max(most, wide.tasks(phase));
        }
        return most;
    }

    @Override
    public int phases() {
        return wide.phases();
    }

    @Override
    public int tasks(int phase) {
        return wide.tasks(phase);
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
        if (!epilogue.bias()) {
            wide.run(phase, task, a, ao, packed, po, bias, biasO, out, oo, scratch, so);
            return;
        }
        int biases = so + wide.scratchFloats() + task * biasFloats;
        int k = groups.narrow().k();
        for (int pixel = 0; pixel < groups.pixels(); pixel++) {
            System.arraycopy(bias, biasO, scratch, biases + pixel * k, k);
        }
        wide.run(phase, task, a, ao, packed, po, scratch, biases, out, oo, scratch, so);
    }
}
