package dev.halfwave.bench;

import dev.halfwave.kernel.BilinearKernel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Times kernels on one thread, each against the peak of the same moment. */
final class KernelTimer {
    private static final int ARENA_FLOATS = 96 << 20;
    private static final int BIAS_FLOATS = 1 << 14;
    private static final int ROUNDS = 41;
    private static final int LEAST_WARM_UPS = 20;
    private static final long WARM_UP_NANOS = 700_000_000L;

    /** Small layers run so often in a round that the clock's grain does not matter. */
    private static final long ROUND_FLOPS = 20_000_000;

    private final float[] arena = new float[ARENA_FLOATS];

    /** Runs the layers in turn until the compiler has seen enough. */
    void warmUp(List<Layers.Layer> layers, long nanos) {
        long end = System.nanoTime() + nanos;
        for (int i = 0; System.nanoTime() < end && !layers.isEmpty(); i++) {
            Run run = place(layers.get(i % layers.size()));
            run.pack();
            run.multiply();
            Peak.measure();
        }
    }

    /** A line of the table. */
    String time(Layers.Layer layer) {
        Run run = place(layer);
        long end = System.nanoTime() + WARM_UP_NANOS;
        for (int i = 0; i < LEAST_WARM_UPS || System.nanoTime() < end; i++) {
            run.pack();
            run.multiply();
        }
        int repeats = (int) Math.max(1, ROUND_FLOPS / layer.flops());
        double[] peaks = new double[ROUNDS];
        double[] packs = new double[ROUNDS];
        double[] products = new double[ROUNDS];
        double[] shares = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            peaks[i] = Peak.measure();
            packs[i] = nanos(run::pack, repeats);
            products[i] = nanos(run::multiply, repeats);
            shares[i] = layer.flops() / products[i] / peaks[i];
        }
        BilinearKernel kernel = layer.kernel();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.3f | %.3f | %.1f | %.1f | %.1f | %.1f |",
                layer.name(),
                layer.direction(),
                IntStream.range(0, kernel.phases()).map(kernel::tasks).max().orElse(0),
                median(products) / 1e6,
                median(packs) / 1e6,
                layer.flops() / median(products),
                median(peaks),
                100 * median(shares),
                100 * layer.flops() / min(products) / max(peaks));
    }

    private static double nanos(Runnable work, int repeats) {
        long start = Peak.cpuNanos();
        for (int i = 0; i < repeats; i++) {
            work.run();
        }
        return (double) (Peak.cpuNanos() - start) / repeats;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    /** Gives a layer's operands their places and fills them. */
    private Run place(Layers.Layer layer) {
        int a = 12;
        int b = next(a, layer.a());
        int packed = next(b, layer.b());
        int out = next(packed, layer.kernel().packedFloats());
        int bias = next(out, layer.out());
        int scratch = next(bias, BIAS_FLOATS);
        if (next(scratch, layer.kernel().scratchFloats()) > ARENA_FLOATS) {
            throw new IllegalStateException(layer + ": too large for the arena");
        }
        for (int i = 0; i < packed; i++) {
            arena[i] = ((i * 0x9e3779b1) >> 8) * 0x1p-24f;
        }
        Arrays.fill(arena, bias, scratch, 0.125f);
        return new Run(arena, layer.kernel(), a, b, packed, bias, out, scratch);
    }

    /**
     * The next place on a cache line: 12 past a multiple of 16, since a large array's floats begin 16 bytes into a
     * region.
     */
    private static int next(int offset, int length) {
        return (offset + length + 15 + 16) / 16 * 16 + 12;
    }

    private record Run(float[] arena, BilinearKernel kernel, int a, int b, int packed, int bias, int out, int scratch) {
        void pack() {
            for (int t = 0; t < kernel.packTasks(); t++) {
                kernel.pack(arena, b, arena, packed, t);
            }
        }

        void multiply() {
            int second = kernel.packedFloats() == 0 ? b : packed;
            for (int p = 0; p < kernel.phases(); p++) {
                for (int t = 0; t < kernel.tasks(p); t++) {
                    kernel.run(p, t, arena, a, arena, second, arena, bias, arena, out, arena, scratch);
                }
            }
        }
    }
}
