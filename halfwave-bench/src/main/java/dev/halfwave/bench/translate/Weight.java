package dev.halfwave.bench.translate;

/**
 * A parameter in the order of axes that channels-first libraries expect.
 *
 * @param key its name in Halfwave
 * @param shape its sizes
 * @param values its numbers, row-major
 * @param trainable whether an optimizer changes it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Weight(String key, long[] shape, float[] values, boolean trainable) {
    /** One size. */
    public int size(int axis) {
        return Math.toIntExact(shape[axis]);
    }
}
