package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Lays out convolutions that have one filter per channel: every tap is a term, every lane a channel. */
final class DepthwisePlan {
    private DepthwisePlan() {}

    /** Whether this geometry is one of these. Fewer channels than lanes are left to {@link ConvPlan}. */
    static boolean fits(ConvGeometry g) {
        return g.groupC() == 1 && g.groupK() == 1 && g.c() >= Lanes.COUNT;
    }

    static BilinearKernel forward(ConvGeometry g, Epilogue epilogue) {
        List<Sweep> sweeps = new ArrayList<>();
        Axis vertical = Axis.forward(g.vertical(), g.h());
        Axis horizontal = Axis.forward(g.horizontal(), g.w());
        add(g, vertical, horizontal, Images.inputs(g), Images.outputs(g), sweeps);
        return new DepthwiseKernel(sweeps, g.c(), epilogue);
    }

    static BilinearKernel backwardData(ConvGeometry g) {
        List<Sweep> sweeps = new ArrayList<>();
        for (Axis vertical : Axis.backward(g.vertical(), g.h())) {
            for (Axis horizontal : Axis.backward(g.horizontal(), g.w())) {
                add(g, vertical, horizontal, Images.outputs(g), Images.inputs(g), sweeps);
            }
        }
        return new DepthwiseKernel(sweeps, g.c(), Epilogue.NONE);
    }

    /** Rows are the pixels on the crossings of two axes. */
    private static void add(
            ConvGeometry g, Axis vertical, Axis horizontal, Images from, Images to, List<Sweep> sweeps) {
        Images filters = new Images(1, g.r(), g.s(), g.c());
        for (Axis.Band v : vertical.bands()) {
            for (Axis.Band h : horizontal.bands()) {
                int[] reads = from.pixels(hits(vertical.shifts(), v), hits(horizontal.shifts(), h));
                int[] weights = filters.pixels(hits(vertical.taps(), v), hits(horizontal.taps(), h));
                int[] rows = from.pixels(v.bases(), h.bases());
                int[] outRows = to.pixels(v.places(), h.places());
                int[] span = {0, reads.length, 0, 0};
                sweeps.add(new Sweep(
                        Sweep.Order.ANY,
                        rows,
                        outRows,
                        g.n(),
                        from.imageFloats(),
                        to.imageFloats(),
                        pairs(reads, weights),
                        span,
                        0,
                        0));
            }
        }
    }

    /** Rows are the taps that hit, terms the pixels of one image for which they do. */
    static BilinearKernel backwardFilters(ConvGeometry g) {
        Images x = Images.inputs(g);
        Images dy = Images.outputs(g);
        Images sums = new Images(1, g.r(), g.s(), DepthwiseFilters.paddedChannels(g));
        Axis vertical = Axis.forward(g.vertical(), g.h());
        Axis horizontal = Axis.forward(g.horizontal(), g.w());
        List<Sweep> sweeps = new ArrayList<>();
        for (Axis.Band v : vertical.bands()) {
            for (Axis.Band h : horizontal.bands()) {
                int[] rows = x.pixels(hits(vertical.shifts(), v), hits(horizontal.shifts(), h));
                int[] outRows = sums.pixels(hits(vertical.taps(), v), hits(horizontal.taps(), h));
                int[] terms = pairs(x.pixels(v.bases(), h.bases()), dy.pixels(v.places(), h.places()));
                int[] spans = Sweep.cut(0, terms.length / 2);
                if (rows.length > 0) {
                    sweeps.add(new Sweep(Sweep.Order.ANY, rows, outRows, 1, 0, 0, terms, spans, 0, 0));
                }
            }
        }
        return new DepthwiseFilters(g, sweeps);
    }

    private static int[] hits(int[] ofTaps, Axis.Band band) {
        return Arrays.copyOfRange(ofTaps, band.from(), band.to());
    }

    private static int[] pairs(int[] a, int[] b) {
        return IntStream.range(0, a.length)
                .flatMap(i -> IntStream.of(a[i], b[i]))
                .toArray();
    }
}
