package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays out a convolution, or its gradient for the input, as sweeps over pixels.
 *
 * <p>Both read images through a window and write others; they differ in the axes and in how filters are turned into
 * panels. Pixels that see the same part of the window form a sweep, so padding is never read and border pixels do no
 * more than their work.
 */
final class ConvPlan {
    /** Terms from which on a call of its own for every run of neighbours is faster than a table of places. */
    private static final int WORTH_A_RUN = 64;

    /** Up to so many channels, sweeps for the border cost more than a copy of the image with a border of zeros. */
    private static final int FEW_CHANNELS = 2;

    /** What reading a term once more costs, in rows of a tile. */
    private static final double READING = 2;

    private final ConvGeometry g;
    private final Images from;
    private final Images to;
    private final boolean transposed;

    /** Channels read, per group. */
    private final int depth;

    /** Channels written, per group. */
    private final int width;

    private final List<Sweep> sweeps = new ArrayList<>();
    private final List<Packing> packings = new ArrayList<>();
    private int packed;

    private ConvPlan(ConvGeometry g, Images from, Images to, boolean transposed) {
        this.g = g;
        this.from = from;
        this.to = to;
        this.transposed = transposed;
        depth = from.channels() / g.groups();
        width = to.channels() / g.groups();
    }

    static BilinearKernel forward(ConvGeometry g, Epilogue epilogue) {
        return g.groups() == 1 && (g.c() <= FEW_CHANNELS || bordersCostMore(g))
                ? PaddedKernel.of(g, padded -> unpadded(padded, epilogue))
                : unpadded(g, epilogue);
    }

    /**
     * Whether the tiles of sweeps for the border, where rows are missing or terms are read once more, cost more than the
     * products with a border of zeros. The unit is what a row of a tile costs for one tap.
     */
    private static boolean bordersCostMore(ConvGeometry g) {
        double apart = 0;
        for (Axis.Band v : Axis.forward(g.vertical(), g.h()).bands()) {
            for (Axis.Band h : Axis.forward(g.horizontal(), g.w()).bands()) {
                int taps = (v.to() - v.from()) * (h.to() - h.from());
                apart += taps * cost(g.n() * v.places().length * h.places().length);
            }
        }
        return apart > g.r() * g.s() * cost(g.n() * g.oh() * g.ow());
    }

    private static double cost(int rows) {
        return (rows + 3) / 4 * 4 + READING;
    }

    private static BilinearKernel unpadded(ConvGeometry g, Epilogue epilogue) {
        ConvPlan plan = new ConvPlan(g, Images.inputs(g), Images.outputs(g), false);
        plan.add(Axis.forward(g.vertical(), g.h()), Axis.forward(g.horizontal(), g.w()));
        return plan.kernel(epilogue);
    }

    /** For strides above 1, every combination of remainders is a convolution of its own over the same dy. */
    static BilinearKernel backwardData(ConvGeometry g) {
        ConvPlan plan = new ConvPlan(g, Images.outputs(g), Images.inputs(g), true);
        for (Axis vertical : Axis.backward(g.vertical(), g.h())) {
            for (Axis horizontal : Axis.backward(g.horizontal(), g.w())) {
                plan.add(vertical, horizontal);
            }
        }
        return plan.kernel(Epilogue.NONE);
    }

    private BilinearKernel kernel(Epilogue epilogue) {
        long filters = (long) g.r() * g.s() * g.groupC() * g.k();
        Product product =
                new Product(sweeps, packings, width, g.groups(), depth, Product.Order.STRIPS, from.floats(), filters);
        return new TiledKernel(product, epilogue);
    }

    /** Adds the pixels on the crossings of two axes. */
    private void add(Axis vertical, Axis horizontal) {
        Packing packing = packing(vertical, horizontal);
        int[] terms = terms(vertical, horizontal);
        boolean joined = g.groups() == 1 && horizontal.consecutive();
        int run = joined ? depth * horizontal.taps().length : depth;
        boolean runs = run >= WORTH_A_RUN || run == terms.length / 2;
        for (Axis.Band v : vertical.bands()) {
            for (Axis.Band h : horizontal.bands()) {
                sweeps.add(new Sweep(
                        runs ? Sweep.Order.NEIGHBOURING_TERMS : Sweep.Order.ANY,
                        from.pixels(v.bases(), h.bases()),
                        to.pixels(v.places(), h.places()),
                        g.n(),
                        from.imageFloats(),
                        to.imageFloats(),
                        terms,
                        spans(v, h, horizontal.taps().length, runs, joined),
                        packed,
                        packing.panelFloats()));
            }
        }
        packings.add(packing);
        packed = Math.addExact(packed, packing.floats());
    }

    private Packing packing(Axis vertical, Axis horizontal) {
        int[] blocks = IntStream.of(vertical.taps())
                .flatMap(i -> IntStream.of(horizontal.taps()).map(j -> (i * g.s() + j) * g.groupC() * g.k()))
                .toArray();
        int termStep = transposed ? 1 : g.k();
        int columnStep = transposed ? g.k() : 1;
        return new Packing(blocks, depth, termStep, columnStep, width, g.groupK(), g.groups());
    }

    /** The channels of all taps, in the order of packing. */
    private int[] terms(Axis vertical, Axis horizontal) {
        int[] pixels = from.pixels(vertical.shifts(), horizontal.shifts());
        int[] terms = new int[2 * pixels.length * depth];
        for (int t = 0; t < terms.length / 2; t++) {
            terms[2 * t] = pixels[t / depth] + t % depth;
            terms[2 * t + 1] = t * Lanes.PANEL;
        }
        return terms;
    }

    /**
     * The terms of the taps that hit.
     *
     * @param taps the taps of a row of the window
     * @param runs whether to cut where the pixels read are no neighbours
     * @param joined whether those that consecutive taps read are
     */
    private int[] spans(Axis.Band v, Axis.Band h, int taps, boolean runs, boolean joined) {
        if (v.from() == v.to() || h.from() == h.to()) {
            return Sweep.cut(0, 0);
        }
        if (h.to() - h.from() == taps && !runs) {
            return Sweep.cut(v.from() * taps * depth, v.to() * taps * depth);
        }
        int step = runs && !joined ? 1 : h.to() - h.from();
        List<int[]> spans = new ArrayList<>();
        for (int i = v.from(); i < v.to(); i++) {
            for (int j = h.from(); j < h.to(); j += step) {
                spans.add(Sweep.cut((i * taps + j) * depth, (i * taps + j + step) * depth));
            }
        }
        return spans.stream().flatMapToInt(IntStream::of).toArray();
    }
}
