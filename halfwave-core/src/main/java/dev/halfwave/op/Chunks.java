package dev.halfwave.op;

import dev.halfwave.kernel.Moments;

/**
 * Rows cut into chunks whose number follows from the rows alone, so that a reduction has the same shape on any number
 * of threads.
 *
 * @param rows the number of rows
 * @param size rows per chunk; the last chunk may be shorter
 */
record Chunks(int rows, int size) {
    private static final int MOST = 64;
    private static final int SMALLEST = 64;

    /** At most 64 chunks of at least 64 rows. */
    static Chunks of(int rows) {
        return new Chunks(rows, Math.max(SMALLEST, (rows + MOST - 1) / MOST));
    }

    /** The number of chunks; none if there are no rows. */
    int count() {
        return (rows + size - 1) / size;
    }

    /** The first row of a chunk. */
    int start(int chunk) {
        return chunk * size;
    }

    /** The rows of a chunk. */
    int length(int chunk) {
        return Math.min(size, rows - chunk * size);
    }

    /** What merges the moments of all chunks, those of {@code c} channels lying one chunk behind the other. */
    Moments moments(int c) {
        int[] parts = new int[count()];
        int[] places = new int[count()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = length(i);
            places[i] = i * c;
        }
        return new Moments(parts, places);
    }

    /** Adds up one partial result of {@code c} numbers per chunk, in the chunks' order and in double precision. */
    void merge(float[] partial, int po, float[] out, int oo, int c) {
        for (int j = 0; j < c; j++) {
            double sum = 0;
            for (int i = 0; i < count(); i++) {
                sum += partial[po + i * c + j];
            }
            out[oo + j] = (float) sum;
        }
    }
}
