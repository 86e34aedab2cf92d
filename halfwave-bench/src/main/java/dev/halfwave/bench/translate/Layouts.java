package dev.halfwave.bench.translate;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;

/** Moves channels between the last axis, where Halfwave has them, and the first after the batch. */
public final class Layouts {
    private Layouts() {}

    /** Images {@code [N, H, W, C]} as {@code [N, C, H, W]}. */
    public static float[] channelsFirst(Tensor images) {
        Shape s = images.shape();
        int pixels = s.size(1) * s.size(2);
        return swap(images.data(), s.size(0), pixels, s.size(3));
    }

    /** Values {@code [N, C, H, W]} as the given {@code [N, H, W, C]}; rows {@code [N, C]} stay as they are. */
    public static float[] channelsLast(float[] values, Shape shape) {
        return shape.rank() < 4 ? values : swap(values, shape.size(0), shape.size(3), shape.size(1) * shape.size(2));
    }

    /** The sizes of {@code [N, H, W, C]} as {@code [N, C, H, W]}. */
    public static long[] channelsFirst(Shape s) {
        return new long[] {s.size(0), s.size(3), s.size(1), s.size(2)};
    }

    /** Filters {@code [R, S, C, K]} as {@code [K, C, R, S]}. */
    static float[] filters(Tensor filters) {
        Shape s = filters.shape();
        int taps = s.size(0) * s.size(1);
        float[] to = new float[filters.data().length];
        for (int t = 0; t < taps; t++) {
            for (int c = 0; c < s.size(2); c++) {
                for (int k = 0; k < s.size(3); k++) {
                    to[(k * s.size(2) + c) * taps + t] = filters.data()[(t * s.size(2) + c) * s.size(3) + k];
                }
            }
        }
        return to;
    }

    /** Rows for pixels {@code [H, W, C]} in the order of {@code [C, H, W]}. */
    static float[] rows(Tensor weights, Shape image) {
        int pixels = image.size(0) * image.size(1);
        int channels = image.size(2);
        int units = weights.shape().size(1);
        float[] turned = new float[weights.data().length];
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < channels; c++) {
                System.arraycopy(weights.data(), (p * channels + c) * units, turned, (c * pixels + p) * units, units);
            }
        }
        return turned;
    }

    /** Each of {@code count} matrices of rows and columns, transposed. */
    private static float[] swap(float[] from, int count, int rows, int columns) {
        float[] to = new float[from.length];
        for (int n = 0; n < count; n++) {
            int start = n * rows * columns;
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[start + j * rows + i] = from[start + i * columns + j];
                }
            }
        }
        return to;
    }
}
