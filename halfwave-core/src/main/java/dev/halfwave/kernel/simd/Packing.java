package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.PANEL;

import jdk.incubator.vector.FloatVector;

/**
 * The order in which tiles read b: panels two vectors wide, each with its terms one after the other.
 *
 * <p>The terms come in blocks, one per element of the window. Columns beyond the last are filled with zeros, so every
 * width works.
 *
 * @param blocks where the blocks begin in b
 * @param terms terms in a block
 * @param termStep the distance between two terms in b
 * @param columnStep the distance between two columns in b; this one or termStep is 1
 * @param columns columns of a group
 * @param groupStep the distance between two groups in b
 * @param groups groups of columns
 */
record Packing(int[] blocks, int terms, int termStep, int columnStep, int columns, int groupStep, int groups) {
    /** Floats that are worth a task. */
    private static final int TASK_FLOATS = 1 << 15;

    private static final int MOST_TASKS = 64;

    /** Terms that are transposed at a time. */
    private static final int BATCH = 128;

    /** Panels in all. */
    int panels() {
        return groups * groupPanels();
    }

    private int groupPanels() {
        return (columns + PANEL - 1) / PANEL;
    }

    /** Floats of one panel. */
    int panelFloats() {
        return Math.multiplyExact(Math.multiplyExact(blocks.length, terms), PANEL);
    }

    /** Floats of all panels. */
    int floats() {
        return Math.multiplyExact(panels(), panelFloats());
    }

    /** The number of tasks that packing is divided into. */
    int tasks() {
        return Math.max(1, Math.min(MOST_TASKS, floats() / TASK_FLOATS));
    }

    /** Does one task: a run of terms, across blocks and panels. */
    void pack(float[] b, int bo, float[] packed, int po, int task) {
        int lines = floats() / PANEL;
        int end = (int) ((long) lines * (task + 1) / tasks());
        int line = (int) ((long) lines * task / tasks());
        while (line < end) {
            int first = line % terms;
            int count = Math.min(terms - first, end - line);
            packTerms(line / terms, first, count, b, bo, packed, po + line * PANEL);
            line += count;
        }
    }

    private void packTerms(int unit, int first, int count, float[] b, int bo, float[] packed, int to) {
        int panel = unit / blocks.length;
        int column = panel % groupPanels() * PANEL;
        int width = Math.min(PANEL, columns - column);
        int from = bo
                + blocks[unit % blocks.length]
                + panel / groupPanels() * groupStep
                + column * columnStep
                + first * termStep;
        if (columnStep != 1) {
            transpose(b, from, columnStep, packed, to, count, width);
        } else if (width == PANEL) {
            copy(b, from, termStep, packed, to, count);
        } else {
            copy(b, from, termStep, packed, to, count, width);
        }
    }

    private static void copy(float[] b, int from, int step, float[] packed, int to, int terms) {
        for (int k = 0; k < terms; k++) {
            FloatVector.fromArray(Lanes.SPECIES, b, from + k * step).intoArray(packed, to + k * PANEL);
            FloatVector.fromArray(Lanes.SPECIES, b, from + k * step + COUNT).intoArray(packed, to + k * PANEL + COUNT);
        }
    }

    private static void copy(float[] b, int from, int step, float[] packed, int to, int terms, int width) {
        for (int k = 0; k < terms; k++) {
            for (int j = 0; j < width; j++) {
                packed[to + k * PANEL + j] = b[from + k * step + j];
            }
            for (int j = width; j < PANEL; j++) {
                packed[to + k * PANEL + j] = 0;
            }
        }
    }

    /** Batch by batch, so that lines of which each pass writes a part are still in the L1 cache for the next. */
    private static void transpose(float[] b, int from, int step, float[] packed, int to, int terms, int width) {
        for (int first = 0; first < terms; first += BATCH) {
            int end = Math.min(first + BATCH, terms);
            int j = 0;
            for (; j <= width - 8; j += 8) {
                transpose8(b, from + j * step, step, packed, to + j, first, end);
            }
            for (; j < width; j++) {
                for (int k = first; k < end; k++) {
                    packed[to + k * PANEL + j] = b[from + j * step + k];
                }
            }
            for (; j < PANEL; j++) {
                for (int k = first; k < end; k++) {
                    packed[to + k * PANEL + j] = 0;
                }
            }
        }
    }

    /** Eight columns at once: eight places to read from are what fits the registers. */
    private static void transpose8(float[] b, int from, int step, float[] packed, int to, int first, int end) {
        int r1 = from + step;
        int r2 = r1 + step;
        int r3 = r2 + step;
        int r4 = r3 + step;
        int r5 = r4 + step;
        int r6 = r5 + step;
        int r7 = r6 + step;
        for (int k = first; k < end; k++) {
            int q = to + k * PANEL;
            packed[q] = b[from + k];
            packed[q + 1] = b[r1 + k];
            packed[q + 2] = b[r2 + k];
            packed[q + 3] = b[r3 + k];
            packed[q + 4] = b[r4 + k];
            packed[q + 5] = b[r5 + k];
            packed[q + 6] = b[r6 + k];
            packed[q + 7] = b[r7 + k];
        }
    }
}
