package dev.halfwave.op;

import dev.halfwave.graph.Step;

/** How finely elementwise work is cut: a task moves about 64 KiB, a few microseconds' worth. */
final class Grain {
    /** Floats per task. */
    static final int FLOATS = 16_384;

    private Grain() {}

    /** A step over {@code n} elements. */
    static Step elements(int n, Step.Range range) {
        return Step.ranges(n, FLOATS, range);
    }

    /** A step over {@code rows} rows of {@code width} elements each. */
    static Step rows(int rows, int width, Step.Range range) {
        return Step.ranges(rows, Math.max(1, FLOATS / Math.max(1, width)), range);
    }
}
