package dev.halfwave.onnx.translate;

/** How many ops a model may become: some of ONNX's stand for many of core's, one for each step of time. */
final class Budget {
    private static final int MOST_OPS = 1 << 14;

    private int spent;

    /** @throws IllegalArgumentException if there are too many */
    void spend() {
        if (++spent > MOST_OPS) {
            throw new IllegalArgumentException("expected a model of at most " + MOST_OPS
                    + " ops once sequences are unrolled, received more; use shorter sequences");
        }
    }
}
