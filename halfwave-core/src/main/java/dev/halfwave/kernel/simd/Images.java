package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.ConvGeometry;
import java.util.stream.IntStream;

/**
 * How a batch of images lies in memory, channels last.
 *
 * @param count images
 * @param height rows of an image
 * @param width columns of an image
 * @param channels channels of a pixel
 */
record Images(int count, int height, int width, int channels) {
    /** What a convolution reads. */
    static Images inputs(ConvGeometry g) {
        return new Images(g.n(), g.h(), g.w(), g.c());
    }

    /** What a convolution writes. */
    static Images outputs(ConvGeometry g) {
        return new Images(g.n(), g.oh(), g.ow(), g.k());
    }

    /** Floats of one image. */
    int imageFloats() {
        return height * width * channels;
    }

    /** Floats in all. */
    long floats() {
        return (long) count * imageFloats();
    }

    /** Where a pixel of the first image lies, or would lie if it were there. */
    int pixel(int row, int column) {
        return (row * width + column) * channels;
    }

    /** Where the pixels lie on which rows and columns cross, row by row. */
    int[] pixels(int[] rows, int[] columns) {
        return IntStream.of(rows)
                .flatMap(row -> IntStream.of(columns).map(column -> pixel(row, column)))
                .toArray();
    }
}
