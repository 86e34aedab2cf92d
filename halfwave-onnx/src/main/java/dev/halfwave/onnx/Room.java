package dev.halfwave.onnx;

import dev.halfwave.format.ModelFormatException;

/** The memory that models are given: what a file asks for may be anything. */
final class Room {
    /** Java itself needs some of the heap. */
    private static final double USABLE = 0.9;

    private Room() {}

    /** @throws ModelFormatException if the heap can never hold so much */
    static void check(String where, long bytes) {
        if (bytes > USABLE * Runtime.getRuntime().maxMemory()) {
            throw tooLarge(where, bytes);
        }
    }

    /** What is said instead of an {@link OutOfMemoryError}. */
    static ModelFormatException tooLarge(String where, long bytes) {
        return new ModelFormatException(where + ": expected a model that runs in a heap of "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MB, received one that needs " + (bytes >> 20)
                + " MB or more; give Java more with -Xmx, or use a smaller batch");
    }
}
