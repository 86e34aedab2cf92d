package dev.halfwave.onnx.write;

/**
 * The size of an axis: a number, or a multiple of the batch size.
 *
 * @param size the number, 0 if it follows the batch
 * @param batches how many times the batch size it is, 0 if it is a number
 */
record Extent(int size, int batches) {
    /** What models call the size of a batch. */
    static final String BATCH = "N";

    static Extent fixed(int size) {
        return new Extent(size, 0);
    }

    /**
     * The size that an axis has in two graphs.
     *
     * @param atTwo at batch size 2
     * @param atThree at batch size 3
     * @throws IllegalArgumentException if it is not a multiple of the batch size
     */
    static Extent of(int atTwo, int atThree) {
        if (atTwo == atThree) {
            return fixed(atTwo);
        }
        if (atTwo % 2 != 0 || atThree != atTwo / 2 * 3) {
            throw new IllegalArgumentException("expected sizes that stay or grow in proportion to the batch, received "
                    + atTwo + " at a batch of 2 and " + atThree + " at a batch of 3");
        }
        return new Extent(0, atTwo / 2);
    }

    boolean followsBatch() {
        return batches > 0;
    }

    /** Whether it is 1 at every batch size. */
    boolean isOne() {
        return size == 1;
    }

    /** As in {@code N} or {@code 4*N}. */
    @Override
    public String toString() {
        if (!followsBatch()) {
            return Integer.toString(size);
        }
        return batches == 1 ? BATCH : batches + "*" + BATCH;
    }
}
