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
        return new TiledKernel(sweeps, packings, width, g.groups(), depth, Integer.MAX_VALUE, inputs, epilogue);
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
        for (Axis.Band v : vertical.bands()) {
            for (Axis.Band h : horizontal.bands()) {
                sweeps.add(new Sweep(
                        cross(v.bases(), aWidth * channels, h.bases(), channels),
                        cross(v.places(), outWidth * width * g.groups(), h.places(), width * g.groups()),
                        g.n(),
                        aHeight * aWidth * channels,
                        outHeight * outWidth * width * g.groups(),
                        terms,
                        spans(v, h, horizontal.taps().length),
                        packed,
                        packing.panelFloats()));
            }
        }
        packings.add(packing);
        packed = Math.addExact(packed, packing.floats());
    }

    private static int[] cross(int[] rows, int rowStep, int[] columns, int columnStep) {
        return IntStream.of(rows)
                .flatMap(row -> IntStream.of(columns).map(column -> row * rowStep + column * columnStep))
                .toArray();
    }

    /** The terms of the taps that hit; one range if whole rows of the window do. */
    private int[] spans(Axis.Band v, Axis.Band h, int rowTaps) {
        int row = rowTaps * depth;
        if (v.from() == v.to() || h.from() == h.to()) {
            return Sweep.cut(0, 0);
        }
        if (h.to() - h.from() == rowTaps) {
            return Sweep.cut(v.from() * row, v.to() * row);
        }
        return IntStream.range(v.from(), v.to())
                .mapToObj(i -> Sweep.cut(i * row + h.from() * depth, i * row + h.to() * depth))
                .flatMapToInt(IntStream::of)
                .toArray();
    }
}
