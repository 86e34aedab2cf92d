package dev.halfwave.kernel.simd;

import java.util.Arrays;

/**
 * Rows of a product that sum over the same terms, with where they and their terms lie.
 *
 * <p>Rows come in equal rounds, as one for every image: a row lies where its position in the round says, plus a step
 * for every round. The tables run on past the round's end, into the next, so that a tile may straddle it. Terms come in
 * spans, short enough for their part of a panel to stay in a cache and for sums of any length to keep their digits.
 */
final class Sweep {
    /** What a tile may rely on. */
    enum Order {
        /** Nothing: every row and every term has its place. */
        ANY,
        /** The terms of a span follow one another in a and, a panel's width apart, in b. */
        NEIGHBOURING_TERMS,
        /** The rows follow one another in a. */
        NEIGHBOURING_ROWS
    }

    /** Terms in a span at most: a panel's worth of them is 32 KiB on AVX-512. */
    static final int SPAN_TERMS = 256;

    /** Numbers per span: first term, end, what is added to the places in a and in b. */
    private static final int SPAN = 4;

    final Order order;

    /** Where the rows of a round begin in a, and a few of the next. */
    final int[] aRows;

    /** Where they lie in the result. */
    final int[] outRows;

    /** Where the terms lie, from there: a place in a and one in b each. */
    final int[] terms;

    /** Where the sweep's panels begin in b. */
    final int packed;

    /** Floats from one panel to the next. */
    final int panelFloats;

    private final int[] spans;
    private final int round;
    private final int rows;
    private final int aRound;
    private final int outRound;

    /**
     * @param rounds how often the rows repeat, {@code aRound} further on in a and {@code outRound} in the result
     * @param spans four numbers each: first term, end, what is added to the places in a and in b; empty ones sum to zero
     */
    Sweep(
            Order order,
            int[] aPlaces,
            int[] outPlaces,
            int rounds,
            int aRound,
            int outRound,
            int[] terms,
            int[] spans,
            int packed,
            int panelFloats) {
        this.order = order;
        round = aPlaces.length;
        rows = Math.multiplyExact(round, rounds);
        this.aRound = aRound;
        this.outRound = outRound;
        aRows = runOn(aPlaces, aRound);
        outRows = runOn(outPlaces, outRound);
        this.terms = terms;
        this.spans = spans;
        this.packed = packed;
        this.panelFloats = panelFloats;
    }

    private static int[] runOn(int[] places, int step) {
        int[] longer = Arrays.copyOf(places, places.length + Lanes.ROWS - 1);
        for (int i = places.length; i < longer.length; i++) {
            longer[i] = longer[i - places.length] + step;
        }
        return longer;
    }

    /** Cuts a range of terms into spans of about equal length. */
    static int[] cut(int from, int to) {
        int pieces = Math.max(1, (to - from + SPAN_TERMS - 1) / SPAN_TERMS);
        int[] spans = new int[pieces * SPAN];
        for (int i = 0; i < pieces; i++) {
            spans[i * SPAN] = from + (int) ((long) (to - from) * i / pieces);
            spans[i * SPAN + 1] = from + (int) ((long) (to - from) * (i + 1) / pieces);
        }
        return spans;
    }

    int spans() {
        return spans.length / SPAN;
    }

    int from(int span) {
        return spans[span * SPAN];
    }

    int to(int span) {
        return spans[span * SPAN + 1];
    }

    int aShift(int span) {
        return spans[span * SPAN + 2];
    }

    int bShift(int span) {
        return spans[span * SPAN + 3];
    }

    int rows() {
        return rows;
    }

    /** The number of tiles: as tall as can be, then one or two for what is left. */
    int tiles() {
        int left = rows % Lanes.ROWS;
        return rows / Lanes.ROWS + (left == 0 ? 0 : left > 6 && left < 11 ? 2 : 1);
    }

    /** The first row of a tile. */
    int row(int tile) {
        int tall = rows / Lanes.ROWS;
        return tile <= tall ? tile * Lanes.ROWS : tall * Lanes.ROWS + 6;
    }

    /** The first row after the tiles that come before the given one. */
    int firstRowAfter(int endTile) {
        return endTile == tiles() ? rows : row(endTile);
    }

    /** The height of the tile that begins with the given row: 12, 6 or 4, of which the last few may be missing. */
    int height(int row) {
        int left = rows - row;
        if (left >= Lanes.ROWS || left > 10) {
            return Lanes.ROWS;
        }
        return left > 4 ? 6 : 4;
    }

    /** How many of its rows are there. */
    int count(int row) {
        return Math.min(height(row), rows - row);
    }

    /** The row's position in its round. */
    int position(int row) {
        return row % round;
    }

    /** The first row after those of a row's round. */
    int endOfRound(int row) {
        return row - position(row) + round;
    }

    /** Where the round of a row begins in a. */
    int aPlace(int row) {
        return row / round * aRound;
    }

    /** Where the round of a row begins in the result. */
    int outPlace(int row) {
        return row / round * outRound;
    }

    /** Where the row itself begins in the result. */
    int outPlaceOf(int row) {
        return outPlace(row) + outRows[position(row)];
    }

    /** How many rows from the given one on, in its round, lie at equal steps in a and in the result. */
    int run(int row) {
        int first = position(row);
        int next = first + 1;
        while (next < round
                && aRows[next] - aRows[next - 1] == aRows[first + 1] - aRows[first]
                && outRows[next] - outRows[next - 1] == outRows[first + 1] - outRows[first]) {
            next++;
        }
        return next - first;
    }

    /** The work on one tile, in terms summed and a constant for starting and storing it. */
    int cost() {
        int cost = 8;
        for (int span = 0; span < spans(); span++) {
            cost += to(span) - from(span) + 8;
        }
        return cost;
    }

    /** Over how many floats of a some tiles reach, with all their terms. */
    int reach(int tile, int endTile) {
        int row = row(tile);
        int lastRow = firstRowAfter(endTile) - 1;
        int span = spans() - 1;
        if (from(0) == to(span)) {
            return 0;
        }
        int first = aPlace(row) + aRows[position(row)] + terms[2 * from(0)] + aShift(0);
        int last = aPlace(lastRow) + aRows[position(lastRow)] + terms[2 * to(span) - 2] + aShift(span);
        return last - first;
    }

    /** Reads ahead all that the rows of some tiles need of a. */
    void touchRows(float[] a, int ao, int tile, int endTile) {
        int row = row(tile);
        int lastRow = firstRowAfter(endTile) - 1;
        int span = spans() - 1;
        if (from(0) < to(0)) {
            int first = aPlace(row) + aRows[position(row)] + terms[2 * from(0)] + aShift(0);
            int last = aPlace(lastRow) + aRows[position(lastRow)] + terms[2 * to(span) - 2] + aShift(span);
            Cache.touch(a, ao + first, ao + last + 1);
        }
    }

    /** Reads ahead what the result holds where some tiles lie, to which they will add. */
    void touchResult(float[] out, int oo, int width, int tile, int endTile) {
        int first = outPlaceOf(row(tile));
        int last = outPlaceOf(firstRowAfter(endTile) - 1);
        Cache.touch(out, oo + first, oo + last + width);
    }

    /** Reads ahead what all rows need of a for one span, and that span of b if its terms are some floats wide. */
    void touchTerms(float[] a, int ao, float[] b, int bo, int width, int span) {
        if (from(span) < to(span)) {
            int first = 2 * from(span);
            int last = 2 * to(span) - 2;
            int at = ao + aRows[0] + aShift(span);
            Cache.touch(a, at + terms[first], at + terms[last] + rows);
            int with = bo + bShift(span);
            Cache.touch(b, with + terms[first + 1], with + terms[last + 1] + width);
        }
    }
}
