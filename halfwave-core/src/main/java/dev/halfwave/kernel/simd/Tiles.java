package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.MANY_REGISTERS;
import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.Lanes.ROWS;

/** Picks the tiles that fit; the parameters are {@link WideTile}'s. */
final class Tiles {
    private Tiles() {}

    /** How many panels a tile takes at once where there are two and the terms are neighbours. */
    static int panelsAtOnce(Sweep.Order order) {
        return MANY_REGISTERS && order == Sweep.Order.NEIGHBOURING_TERMS ? 2 : 1;
    }

    /** The same from one panel on: two panels only if both are among those left and are filled by the columns left. */
    static int panelsAtOnce(Sweep.Order order, int panels, int columns) {
        int most = panelsAtOnce(order);
        return panels >= most && columns >= most * PANEL ? most : 1;
    }

    /** The rows of a sweep's tile that starts in the given row, over one span of terms, in one panel or in two. */
    static void run(
            int width,
            Sweep sweep,
            int row,
            int span,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] start,
            int so,
            int mask,
            float[] out,
            int oo,
            int[] outRows,
            int or) {
        int from = sweep.from(span);
        int to = sweep.to(span);
        boolean narrow = width <= COUNT;
        int[] aRows = sweep.aRows;
        int[] terms = sweep.terms;
        int last = sweep.count(row) - 1;
        int ar = sweep.position(row);
        int at = ao + sweep.aPlace(row);
        if (sweep.order == Sweep.Order.ANY || (from == to && width <= PANEL)) {
            any(narrow, a, at, aRows, ar, last, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
        } else if (sweep.order == Sweep.Order.NEIGHBOURING_TERMS) {
            int a0 = from == to ? 0 : at + terms[2 * from] - from;
            int b0 = from == to ? 0 : bo + terms[2 * from + 1] - from * PANEL;
            if (width > PANEL) {
                int b1 = b0 + sweep.panelFloats;
                pairs(a, a0, aRows, ar, last, from, to, b, b0, b1, start, so, mask, out, oo, outRows, or);
            } else {
                runs(narrow, a, a0, aRows, ar, last, from, to, b, b0, start, so, mask, out, oo, outRows, or);
            }
        } else {
            columns(narrow, a, at, aRows, ar, last, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
        }
    }

    private static void pairs(
            float[] a,
            int ao,
            int[] aRows,
            int ar,
            int last,
            int from,
            int to,
            float[] b,
            int bo,
            int bo2,
            float[] start,
            int so,
            int mask,
            float[] out,
            int oo,
            int[] outRows,
            int or) {
        for (int i = 0; i <= last; i += 4) {
            int rest = last - i;
            int at = ar + i;
            PairTile.rows4(a, ao, aRows, at, rest, from, to, b, bo, bo2, start, so, mask, out, oo, outRows, or + i);
        }
    }

    private static void runs(
            boolean narrow,
            float[] a,
            int ao,
            int[] aRows,
            int ar,
            int last,
            int from,
            int to,
            float[] b,
            int bo,
            float[] start,
            int so,
            int mask,
            float[] out,
            int oo,
            int[] outRows,
            int or) {
        int height = narrow || MANY_REGISTERS ? 6 : 4;
        for (int i = 0; i <= last; i += height) {
            int rest = last - i;
            int at = ar + i;
            if (narrow) {
                NarrowRunTile.rows6(a, ao, aRows, at, rest, from, to, b, bo, start, so, mask, out, oo, outRows, or + i);
            } else if (height == 6 && rest > 3) {
                RunTile.rows6(a, ao, aRows, at, rest, from, to, b, bo, start, so, mask, out, oo, outRows, or + i);
            } else {
                RunTile.rows4(a, ao, aRows, at, rest, from, to, b, bo, start, so, mask, out, oo, outRows, or + i);
            }
        }
    }

    private static void columns(
            boolean narrow,
            float[] a,
            int ao,
            int[] aRows,
            int ar,
            int last,
            int[] terms,
            int from,
            int to,
            float[] b,
            int bo,
            float[] start,
            int so,
            int mask,
            float[] out,
            int oo,
            int[] outRows,
            int or) {
        int first = ao + aRows[ar];
        int done = 0;
        if (last == ROWS - 1 && narrow) {
            NarrowColumnTile.rows12(a, first, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
            done = ROWS;
        } else if (last == ROWS - 1 && MANY_REGISTERS) {
            ColumnTile.rows12(a, first, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
            done = ROWS;
        }
        for (; !narrow && done + 3 <= last; done += 4) {
            ColumnTile.rows4(a, first + done, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or + done);
        }
        int rest = last - done;
        any(
                narrow, a, ao, aRows, ar + done, rest, terms, from, to, b, bo, start, so, mask, out, oo, outRows,
                or + done);
    }

    private static void any(
            boolean narrow,
            float[] a,
            int ao,
            int[] aRows,
            int ar,
            int last,
            int[] terms,
            int from,
            int to,
            float[] b,
            int bo,
            float[] start,
            int so,
            int mask,
            float[] out,
            int oo,
            int[] outRows,
            int or) {
        for (int i = 0; i <= last; i += 6) {
            int rest = Math.min(5, last - i);
            int at = ar + i;
            int place = or + i;
            if (narrow && rest > 3) {
                NarrowTile.rows6(
                        a, ao, aRows, at, rest, terms, from, to, b, bo, start, so, mask, out, oo, outRows, place);
            } else if (narrow) {
                NarrowTile.rows4(
                        a, ao, aRows, at, rest, terms, from, to, b, bo, start, so, mask, out, oo, outRows, place);
            } else if (rest > 3) {
                WideTile.rows6(
                        a, ao, aRows, at, rest, terms, from, to, b, bo, start, so, mask, out, oo, outRows, place);
            } else {
                WideTile.rows4(
                        a, ao, aRows, at, rest, terms, from, to, b, bo, start, so, mask, out, oo, outRows, place);
            }
        }
    }
}
