package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Lays out convolutions that have one filter per channel: every tap is a term, every lane a channel. */
final class DepthwisePlan {
    /** Pixels in a span of the filters' gradient. */
    private static final int SPAN_PIXELS = 512;

    private DepthwisePlan() {}

    /** Whether this geometry is one of these. Fewer channels than lanes are left to {@link ConvPlan}. */
    static boolean fits(ConvGeometry g) {
        return g.groupC() == 1 && g.groupK() == 1 && g.c() >= Lanes.COUNT;
    }

    static BilinearKernel forward(ConvGeometry g, Epilogue epilogue) {
        List<Sweep> sweeps = new ArrayList<>();
        add(
                g,
                Axis.forward(g.vertical(), g.h()),
                Axis.forward(g.horizontal(), g.w()),
                g.h(),
                g.w(),
                g.oh(),
                g.ow(),
                sweeps);
        return new DepthwiseKernel(sweeps, g.c(), epilogue);
    }

    static BilinearKernel backwardData(ConvGeometry g) {
        List<Sweep> sweeps = new ArrayList<>();
        for (Axis vertical : Axis.backward(g.vertical(), g.h())) {
            for (Axis horizontal : Axis.backward(g.horizontal(), g.w())) {
                add(g, vertical, horizontal, g.oh(), g.ow(), g.h(), g.w(), sweeps);
            }
        }
        return new DepthwiseKernel(sweeps, g.c(), Epilogue.NONE);
    }

    private static void add(
            ConvGeometry g,
            Axis vertical,
            Axis horizontal,
            int aHeight,
            int aWidth,
            int outHeight,
            int outWidth,
            List<Sweep> sweeps) {
        int c = g.c();
        for (Axis.Band v : vertical.bands()) {
            for (Axis.Band h : horizontal.bands()) {
                int[] terms = IntStream.range(v.from(), v.to())
                        .flatMap(i -> IntStream.range(h.from(), h.to())
                                .flatMap(j -> IntStream.of(
                                        (vertical.shifts()[i] * aWidth
                                                        + horizontal.shifts()[j])
                                                * c,
                                        (vertical.taps()[i] * g.s() + horizontal.taps()[j]) * c)))
                        .toArray();
                sweeps.add(new Sweep(
                        Sweep.Order.ANY,
                        Axis.cross(v.bases(), aWidth * c, h.bases(), c),
                        Axis.cross(v.places(), outWidth * c, h.places(), c),
                        g.n(),
                        aHeight * aWidth * c,
                        outHeight * outWidth * c,
                        terms,
                        new int[] {0, terms.length / 2, 0, 0},
                        0,
                        0));
            }
        }
    }

    /** Rows are the taps that hit, terms the pixels of one image for which they do, in pieces. */
    static BilinearKernel backwardFilters(ConvGeometry g) {
        int c = g.c();
        int padded = (c + Lanes.COUNT - 1) / Lanes.COUNT * Lanes.COUNT;
        List<Sweep> sweeps = new ArrayList<>();
        Axis vertical = Axis.forward(g.vertical(), g.h());
        Axis horizontal = Axis.forward(g.horizontal(), g.w());
        for (Axis.Band v : vertical.bands()) {
            for (Axis.Band h : horizontal.bands()) {
                int[] xPixels = Axis.cross(v.bases(), g.w() * c, h.bases(), c);
                int[] dyPixels = Axis.cross(v.places(), g.ow() * c, h.places(), c);
                int[] terms = IntStream.range(0, xPixels.length)
                        .flatMap(i -> IntStream.of(xPixels[i], dyPixels[i]))
                        .toArray();
                int[] vertically = Arrays.copyOfRange(vertical.shifts(), v.from(), v.to());
                int[] horizontally = Arrays.copyOfRange(horizontal.shifts(), h.from(), h.to());
                int[] down = IntStream.range(v.from(), v.to()).toArray();
                int[] across = IntStream.range(h.from(), h.to()).toArray();
                if (down.length * across.length > 0) {
                    sweeps.add(new Sweep(
                            Sweep.Order.ANY,
                            Axis.cross(vertically, g.w() * c, horizontally, c),
                            Axis.cross(down, g.s() * padded, across, padded),
                            1,
                            0,
                            0,
                            terms,
                            Sweep.cut(0, terms.length / 2, SPAN_PIXELS),
                            0,
                            0));
                }
            }
        }
        return new DepthwiseFilters(g, sweeps);
    }
}
