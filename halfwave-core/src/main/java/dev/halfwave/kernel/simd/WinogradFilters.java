package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.WinogradLayout.STAGGER;

import java.util.Arrays;

/**
 * Transforms filters {@code [3, 3, c, k]} and lays them out as a matrix for each position, in panels, as {@link Packing} does with one.
 *
 * @param form how large tiles are
 * @param c input channels of the filters as they stand
 * @param k their output channels
 * @param turned whether they are rotated and their channels change places, as the gradient for the input wants them
 */
record WinogradFilters(WinogradForm form, int c, int k, boolean turned) {
    private static final int TAPS = 9;

    /** Floats that are worth a task. */
    private static final int TASK_FLOATS = 1 << 16;

    private static final int MOST_TASKS = 64;

    private int terms() {
        return turned ? k : c;
    }

    private int columns() {
        return turned ? c : k;
    }

    private int panels() {
        return (columns() + PANEL - 1) / PANEL;
    }

    int panelFloats() {
        return terms() * PANEL;
    }

    /** Floats from one matrix to the next. */
    int step() {
        return Math.addExact(Math.multiplyExact(panels(), panelFloats()), STAGGER);
    }

    int floats() {
        return Math.multiplyExact(form.positions(), step());
    }

    int tasks() {
        return Math.max(1, Math.min(Math.min(MOST_TASKS, lines()), floats() / TASK_FLOATS));
    }

    private int lines() {
        return panels() * terms();
    }

    /** Does one task: a run of terms, panel after panel. */
    void pack(float[] w, int wo, float[] packed, int po, int task) {
        int half = WorkArea.START + TAPS * PANEL;
        float[] work = WorkArea.of(half + 3 * form.patch() * PANEL);
        int end = (int) ((long) lines() * (task + 1) / tasks());
        for (int line = (int) ((long) lines() * task / tasks()); line < end; line++) {
            gather(w, wo, line % terms(), line / terms() * PANEL, work);
            form.filter(work, WorkArea.START, 3 * PANEL, 0, work, half, 3 * PANEL, 0, 1, 3 * PANEL);
            int to = po + line * PANEL;
            form.filter(work, half, PANEL, 3 * PANEL, packed, to, step(), form.patch() * step(), form.patch(), PANEL);
        }
    }

    /** The nine elements of a term's filters, the columns of a panel, with zeros after the last one. */
    private void gather(float[] w, int wo, int term, int column, float[] work) {
        int width = Math.min(PANEL, columns() - column);
        for (int tap = 0; tap < TAPS; tap++) {
            int to = WorkArea.START + tap * PANEL;
            if (turned) {
                int from = wo + ((TAPS - 1 - tap) * c + column) * k + term;
                for (int j = 0; j < width; j++) {
                    work[to + j] = w[from + j * k];
                }
            } else {
                System.arraycopy(w, wo + (tap * c + term) * k + column, work, to, width);
            }
            Arrays.fill(work, to + width, to + PANEL, 0);
        }
    }
}
