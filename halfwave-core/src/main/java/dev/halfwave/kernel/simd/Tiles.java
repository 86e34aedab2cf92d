package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;

/** Picks the tile that fits; the parameters are {@link WideTile}'s. */
final class Tiles {
    private Tiles() {}

    /** The tile of a sweep that starts in the given row, over one span of terms. */
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
        int height = sweep.height(row);
        int from = sweep.from(span);
        int to = sweep.to(span);
        int[] aRows = sweep.aRows;
        int[] terms = sweep.terms;
        int last = Math.min(height, sweep.rows() - row) - 1;
        int ar = sweep.position(row);
        int at = ao + sweep.aPlace(row);
        if (width <= COUNT) {
            narrow(height, a, at, aRows, ar, last, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
        } else if (last < 11 || sweep.order == Sweep.Order.ANY || from == to) {
            wide(height, a, at, aRows, ar, last, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
        } else if (sweep.order == Sweep.Order.NEIGHBOURING_ROWS) {
            ColumnTile.rows12(a, at + aRows[ar], terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
        } else {
            int a0 = at + terms[2 * from] - from;
            RunTile.rows12(a, a0, aRows, ar, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
        }
    }

    private static void wide(
            int height,
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
        switch (height) {
            case 12 ->
                WideTile.rows12(a, ao, aRows, ar, last, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
            case 6 ->
                WideTile.rows6(a, ao, aRows, ar, last, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
            default ->
                WideTile.rows4(a, ao, aRows, ar, last, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
        }
    }

    private static void narrow(
            int height,
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
        switch (height) {
            case 12 ->
                NarrowTile.rows12(
                        a, ao, aRows, ar, last, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
            case 6 ->
                NarrowTile.rows6(a, ao, aRows, ar, last, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
            default ->
                NarrowTile.rows4(a, ao, aRows, ar, last, terms, from, to, b, bo, start, so, mask, out, oo, outRows, or);
        }
    }
}
