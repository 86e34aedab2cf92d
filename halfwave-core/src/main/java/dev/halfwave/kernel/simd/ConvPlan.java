package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays out a convolution, or its gradient for the input, as sweeps over pixels.
 *
 * <p>Both read one image through a window and write another; they differ in which axes they come from and how filters are turned into
 * panels. Pixels that see the same part of the window form a sweep, so padding is never read and border pixels do no more than their
 * work.
 */
final class ConvPlan {
    /** Terms from which on a call of its own for every run of neighbours is faster than a table of places. */
    private static final int WORTH_A_RUN = 64;

    private final ConvGeometry g;
    private final int depth;
    private final int width;
    private final List<Sweep> sweeps = new ArrayList<>();
    private final List<Packing> packings = new ArrayList<>();
    private int packed;

    private ConvPlan(ConvGeometry g, int depth, int width) {
        this.g = g;
        this.depth = depth;
        this.width = width;
    }

    static BilinearKernel forward(ConvGeometry g, Epilogue epilogue) {
        ConvPlan plan = new ConvPlan(g, g.groupC(), g.groupK());
        Axis vertical = Axis.forward(g.vertical(), g.h());
        Axis horizontal = Axis.forward(g.horizontal(), g.w());
        plan.add(vertical, horizontal, g.k(), 1, g.groupK(), g.h(), g.w(), g.oh(), g.ow());
        return plan.kernel((long) g.n() * g.h() * g.w() * g.c(), epilogue);
    }

    /** For strides above 1, every combination of remainders is a convolution of its own over the same dy. */
    static BilinearKernel backwardData(ConvGeometry g) {
        ConvPlan plan = new ConvPlan(g, g.groupK(), g.groupC());
        for (Axis vertical : Axis.backward(g.vertical(), g.h())) {
            for (Axis horizontal : Axis.backward(g.horizontal(), g.w())) {
                plan.add(vertical, horizontal, 1, g.k(), g.groupK(), g.oh(), g.ow(), g.h(), g.w());
            }
        }
        return plan.kernel((long) g.n() * g.oh() * g.ow() * g.k(), Epilogue.NONE);
    }

    private BilinearKernel kernel(long inputs, Epilogue epilogue) {
        long filters = (long) g.r() * g.s() * g.groupC() * g.k();
        return new TiledKernel(
                sweeps, packings, width, g.groups(), depth, Integer.MAX_VALUE, inputs, filters, epilogue);
    }

    /** Adds the pixels on the crossings of two axes. */
    private void add(
            Axis vertical,
            Axis horizontal,
            int termStep,
            int columnStep,
            int groupStep,
            int aHeight,
            int aWidth,
            int outHeight,
            int outWidth) {
        int[] blocks = new int[vertical.taps().length * horizontal.taps().length];
        int[] terms = new int[blocks.length * depth * 2];
        int channels = depth * g.groups();
        for (int i = 0; i < blocks.length; i++) {
            int v = i / horizontal.taps().length;
            int h = i % horizontal.taps().length;
            blocks[i] = (vertical.taps()[v] * g.s() + horizontal.taps()[h]) * g.groupC() * g.k();
            int shift = (vertical.shifts()[v] * aWidth + horizontal.shifts()[h]) * channels;
            for (int d = i * depth; d < (i + 1) * depth; d++) {
                terms[2 * d] = shift + d - i * depth;
                terms[2 * d + 1] = d * Lanes.PANEL;
            }
        }
        Packing packing = new Packing(blocks, depth, termStep, columnStep, width, groupStep, g.groups());
        boolean joined = g.groups() == 1 && horizontal.consecutive();
        int run = joined ? depth * horizontal.taps().length : depth;
        boolean runs = run >= Integer.getInteger("halfwave.run", WORTH_A_RUN);
        for (Axis.Band v : vertical.bands()) {
            for (Axis.Band h : horizontal.bands()) {
                sweeps.add(new Sweep(
                        runs ? Sweep.Order.NEIGHBOURING_TERMS : Sweep.Order.ANY,
                        Axis.cross(v.bases(), aWidth * channels, h.bases(), channels),
                        Axis.cross(v.places(), outWidth * width * g.groups(), h.places(), width * g.groups()),
                        g.n(),
                        aHeight * aWidth * channels,
                        outHeight * outWidth * width * g.groups(),
                        terms,
                        spans(v, h, horizontal, runs),
                        packed,
                        packing.panelFloats()));
            }
        }
        packings.add(packing);
        packed = Math.addExact(packed, packing.floats());
    }

    /** The terms of the taps that hit, cut where the pixels they read are no neighbours if runs are wanted. */
    private int[] spans(Axis.Band v, Axis.Band h, Axis horizontal, boolean runs) {
        int taps = horizontal.taps().length;
        if (v.from() == v.to() || h.from() == h.to()) {
            return Sweep.cut(0, 0);
        }
        if (h.to() - h.from() == taps && !runs) {
            return Sweep.cut(v.from() * taps * depth, v.to() * taps * depth);
        }
        boolean joined = g.groups() == 1 && horizontal.consecutive() || !runs;
        int step = joined ? h.to() - h.from() : 1;
        List<int[]> spans = new ArrayList<>();
        for (int i = v.from(); i < v.to(); i++) {
            for (int j = h.from(); j < h.to(); j += step) {
                spans.add(Sweep.cut((i * taps + j) * depth, (i * taps + j + step) * depth));
            }
        }
        return spans.stream().flatMapToInt(IntStream::of).toArray();
    }
}
