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

    /** Packs one panel. */
    void pack(float[] b, int bo, float[] packed, int po, int panel) {
        int group = panel / panels(columns);
        int column = panel % panels(columns) * PANEL;
        int width = Math.min(PANEL, columns - column);
        int from = bo + group * groupStep + column * columnStep;
        int to = po + panel * panelFloats();
        for (int block : blocks) {
            if (columnStep != 1) {
                transpose(b, from + block, columnStep, packed, to, terms, width);
            } else if (width == PANEL) {
                copy(b, from + block, termStep, packed, to, terms);
            } else {
                copy(b, from + block, termStep, packed, to, terms, width);
            }
            to += terms * PANEL;
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
