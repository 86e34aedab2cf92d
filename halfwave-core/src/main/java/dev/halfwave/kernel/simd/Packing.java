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
    private static final int TASK_FLOATS = 1 << 15;
    private static final int MOST_TASKS = 64;
    private static final int BLOCK_TERMS = 128;

    /** Panels of a group. */
    static int panels(int columns) {
        return (columns + PANEL - 1) / PANEL;
    }

    /** Panels in all. */
    int panels() {
        return groups * panels(columns);
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
        return Math.max(1, Math.min(Math.min(MOST_TASKS, panels() * blocks.length), floats() / TASK_FLOATS));
    }

    /** Does one task: some blocks of some panels. */
    void pack(float[] b, int bo, float[] packed, int po, int task) {
        long units = (long) panels() * blocks.length;
        for (int unit = (int) (units * task / tasks()); unit < units * (task + 1) / tasks(); unit++) {
            int panel = unit / blocks.length;
            int group = panel / panels(columns);
            int column = panel % panels(columns) * PANEL;
            int from = bo + blocks[unit % blocks.length] + group * groupStep + column * columnStep;
            int width = Math.min(PANEL, columns - column);
            packBlock(b, from, packed, po + unit * terms * PANEL, width);
        }
    }

    private void packBlock(float[] b, int from, float[] packed, int to, int width) {
        if (columnStep != 1) {
            transpose(b, from, columnStep, packed, to, terms, width);
        } else if (width == PANEL) {
            copy(b, from, termStep, packed, to, terms);
        } else {
            copy(b, from, termStep, packed, to, terms, width);
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

    /** Block by block, so that lines of which each pass writes a part are still in the L1 cache for the next. */
    private static void transpose(float[] b, int from, int step, float[] packed, int to, int terms, int width) {
        for (int first = 0; first < terms; first += BLOCK_TERMS) {
            int end = Math.min(first + BLOCK_TERMS, terms);
            int j = 0;
            for (; j <= width - 8; j += 8) {
                transpose8(b, from + j * step, step, packed, to + j, first, end);
            }
            for (; j < width; j++) {
                for (int k = first; k < end; k++) {
                    packed[to + k * PANEL + j] = b[from + j * step + k];
                }
            }
            for (int k = first; k < end; k++) {
                for (int z = width; z < PANEL; z++) {
                    packed[to + k * PANEL + z] = 0;
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
