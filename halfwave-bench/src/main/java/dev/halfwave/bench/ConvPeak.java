package dev.halfwave.bench;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.ConvKernels;
import dev.halfwave.kernel.MatMulKernels;
import dev.halfwave.kernel.PointwiseKernels;
import dev.halfwave.kernel.simd.SimdConvKernels;
import dev.halfwave.kernel.simd.SimdMatMulKernels;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How close convolutions and dense layers come to what one core can do.
 *
 * <p>Prints a Markdown table: for every layer and direction the time, GFLOP/s, and the share of the peak that a loop of
 * multiply-adds on registers reached in the same rounds. One thread; the median of many short rounds. Arguments are parts of layer names; without any, all
 * layers are timed.
 */
public final class ConvPeak {
    private static final int ARENA = 96 << 20;

    /** One thing to be timed. */
    private record Subject(String layer, String direction, BilinearKernel kernel, long flops, int a, int b, int out) {}

    private final List<Subject> subjects = new ArrayList<>();
    private final float[] arena = new float[ARENA];
    private final ConvKernels conv;
    private final MatMulKernels matMul;

    private ConvPeak(ConvKernels conv, MatMulKernels matMul) {
        this.conv = conv;
        this.matMul = matMul;
    }

    /** Times the layers whose names contain one of the arguments. */
    public static void main(String[] args) {
        PointwiseKernels none = new PointwiseKernels() {
            @Override
            public Value value(Activation activation) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Gradient gradient(Activation activation) {
                throw new UnsupportedOperationException();
            }
        };
        ConvPeak bench = new ConvPeak(new SimdConvKernels(none), new SimdMatMulKernels(none));
        bench.layers();
        bench.warmUp();
        System.out.printf(
                "JDK %s, %s, kernels simd %s, peak by 16 chains of 512-bit multiply-adds%n%n",
                System.getProperty("java.vm.version"),
                System.getProperty("os.arch"),
                System.getProperty("halfwave.simd.bits", "preferred"));
        System.out.println("| layer | direction | tasks | ms | GFLOP/s | peak | % of peak | best % | pack ms |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (Subject s : bench.subjects) {
            if (args.length == 0 || Arrays.stream(args).anyMatch(arg -> (s.layer + " " + s.direction).contains(arg))) {
                bench.time(s);
            }
        }
    }

    /** Lets the compiler finish: it shares the cores with whatever else runs. */
    private void warmUp() {
        long end = System.nanoTime() + 8_000_000_000L;
        float[] m = new float[1 << 22];
        for (int i = 0; System.nanoTime() < end; i++) {
            Subject s = subjects.get(i % 12);
            for (int t = 0; t < s.kernel.packTasks(); t++) {
                s.kernel.pack(m, 0, m, 0, t);
            }
            for (int t = 0; t < s.kernel.tasks(0); t++) {
                s.kernel.run(0, t, m, 0, m, 0, m, 0, m, 1 << 20, m, 1 << 21);
            }
            Peak.measure();
        }
    }

    private void layers() {
        Window three = new Window(3, 1, 1, 1, 1);
        conv("N1 C64 H56 K64", 1, 56, 64, 64, three, 1);
        conv("N1 C128 H28 K128", 1, 28, 128, 128, three, 1);
        conv("N1 C256 H14 K256", 1, 14, 256, 256, three, 1);
        conv("N1 C512 H7 K512", 1, 7, 512, 512, three, 1);
        conv("N8 C64 H56 K64", 8, 56, 64, 64, three, 1);
        conv("N8 C128 H28 K128", 8, 28, 128, 128, three, 1);
        conv("N8 C256 H14 K256", 8, 14, 256, 256, three, 1);
        conv("N8 C512 H7 K512", 8, 7, 512, 512, three, 1);
        conv("N64 C32 H28 K64", 64, 28, 32, 64, three, 1);
        conv("N64 C1 H28 K32", 64, 28, 1, 32, three, 1);
        conv("N128 C1 H28 K32", 128, 28, 1, 32, three, 1);
        conv("N128 C32 H28 K64", 128, 28, 32, 64, three, 1);
        conv("N8 C64 H56 K128 s2", 8, 56, 64, 128, new Window(3, 2, 1, 0, 1), 1);
        conv("N8 C256 H56 K64 1x1", 8, 56, 256, 64, Window.of(1, 1), 1);
        conv("N8 C64 H56 K256 1x1", 8, 56, 64, 256, Window.of(1, 1), 1);
        conv("N8 C3 H224 K64 7x7 s2", 8, 224, 3, 64, new Window(7, 2, 1, 2, 3), 1);
        conv("N64 C16 H32 K16", 64, 32, 16, 16, three, 1);
        conv("N8 C128 H28 K128 g4", 8, 28, 128, 128, three, 4);
        conv("N8 C128 H28 K128 g32", 8, 28, 128, 128, three, 32);
        conv("N8 C128 H56 depthwise", 8, 56, 128, 128, three, 128);
        conv("N8 C256 H28 depthwise s2", 8, 28, 256, 256, new Window(3, 2, 1, 0, 1), 256);
        dense(64, 12544, 128);
        dense(128, 12544, 128);
        dense(1, 12544, 128);
        dense(128, 128, 10);
        dense(64, 1024, 1024);
        dense(1024, 1024, 1024);
    }

    private void conv(String name, int n, int size, int c, int k, Window window, int groups) {
        ConvGeometry g = new ConvGeometry(n, size, size, c, k, window, window, groups);
        int x = n * size * size * c;
        int w = g.r() * g.s() * g.groupC() * k;
        int y = n * g.oh() * g.ow() * k;
        subjects.add(new Subject(name, "forward", conv.forward(g, true, new Relu()), g.flops(), x, w, y));
        subjects.add(new Subject(name, "backwardData", conv.backwardData(g), g.flops(), y, w, x));
        subjects.add(new Subject(name, "backwardFilters", conv.backwardFilters(g), g.flops(), x, y, w));
    }

    private void dense(int m, int k, int n) {
        String name = "dense " + m + "x" + k + "->" + n;
        long flops = 2L * m * n * k;
        BilinearKernel forward = matMul.product(m, n, k, false, false, true, new Relu());
        BilinearKernel dx = matMul.product(m, k, n, false, true, false, new dev.halfwave.activation.Identity());
        BilinearKernel dw = matMul.product(k, n, m, true, false, false, new dev.halfwave.activation.Identity());
        subjects.add(new Subject(name, "forward", forward, flops, m * k, k * n, m * n));
        subjects.add(new Subject(name, "dX", dx, flops, m * n, k * n, m * k));
        subjects.add(new Subject(name, "dW", dw, flops, m * k, m * n, k * n));
    }

    private void time(Subject s) {
        int ao = 12;
        int bo = next(ao, s.a);
        int po = next(bo, s.b);
        int oo = next(po, s.kernel.packedFloats());
        int biasO = next(oo, s.out);
        int so = next(biasO, 4096);
        if (next(so, s.kernel.scratchFloats()) > ARENA) {
            throw new IllegalStateException(s + ": too large for the arena");
        }
        for (int i = 0; i < po; i++) {
            arena[i] = ((i * 0x9e3779b1) >> 8) * 0x1p-24f;
        }
        Runnable pack = () -> {
            for (int t = 0; t < s.kernel.packTasks(); t++) {
                s.kernel.pack(arena, bo, arena, po, t);
            }
        };
        int packed = s.kernel.packedFloats() == 0 ? bo : po;
        Runnable run = () -> {
            for (int p = 0; p < s.kernel.phases(); p++) {
                for (int t = 0; t < s.kernel.tasks(p); t++) {
                    s.kernel.run(p, t, arena, ao, arena, packed, arena, biasO, arena, oo, arena, so);
                }
            }
        };
        long end = System.nanoTime() + 700_000_000L;
        for (int i = 0; i < 20 || System.nanoTime() < end; i++) {
            pack.run();
            run.run();
        }
        int rounds = 41;
        double[] peaks = new double[rounds];
        double[] packs = new double[rounds];
        double[] runs = new double[rounds];
        double[] shares = new double[rounds];
        int repeats = (int) Math.max(1, 20_000_000 / Math.max(1, s.flops));
        for (int i = 0; i < rounds; i++) {
            peaks[i] = Peak.measure();
            packs[i] = nanos(pack, repeats);
            runs[i] = nanos(run, repeats);
            shares[i] = s.flops / runs[i] / peaks[i];
        }
        double ns = median(runs);
        double best = Arrays.stream(runs).min().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %.3f | %.1f | %.1f | %.1f | %.1f | %.3f |%n",
                s.layer,
                s.direction,
                s.kernel.tasks(0),
                ns / 1e6,
                s.flops / ns,
                median(peaks),
                100 * median(shares),
                100 * s.flops / best / Arrays.stream(peaks).max().orElse(1),
                median(packs) / 1e6);
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

    /** The next offset behind an area on which a 64-byte vector can begin: 12 past a multiple of 16, as arrays begin 16 bytes in. */
    private static int next(int offset, int length) {
        return (offset + length + 15 + 16) / 16 * 16 + 12;
    }
}
