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

    private static void transpose(float[] b, int from, int step, float[] packed, int to, int terms, int width) {
        for (int k = 0; k < terms; k++) {
            for (int j = 0; j < width; j++) {
                packed[to + k * PANEL + j] = b[from + j * step + k];
            }
            for (int j = width; j < PANEL; j++) {
                packed[to + k * PANEL + j] = 0;
            }
        }
    }
}
