package dev.halfwave.data;

/**
 * An image of 8 bits per channel.
 *
 * @param bytes the values, unsigned, in the order {@code [H, W, C]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pixels(byte[] bytes, int height, int width, int channels) {

    /** Writes 8-bit values as floats from 0 to 1. */
    static void scale(byte[] from, int fromOffset, float[] into, int offset, int count) {
        for (int i = 0; i < count; i++) {
            into[offset + i] = (from[fromOffset + i] & 0xff) / 255f;
        }
    }
}
