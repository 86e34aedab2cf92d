package dev.halfwave.data;

import java.util.Arrays;

/**
 * Stretches or squeezes one axis of images.
 *
 * <p>Each new pixel is a weighted mean of the old ones around its centre. The weights fall off as a triangle, whose
 * half-width is one old pixel when stretching (linear interpolation) and one new pixel when squeezing, so that every
 * old pixel counts and nothing aliases.
 */
final class Resampling {
    private final int[] first;
    private final float[][] weights;

    Resampling(int oldSize, int newSize) {
        first = new int[newSize];
        weights = new float[newSize][];
        double scale = (double) oldSize / newSize;
        double reach = Math.max(1, scale);
        for (int i = 0; i < newSize; i++) {
            double centre = (i + 0.5) * scale;
            first[i] = (int) Math.max(0, Math.ceil(centre - reach - 0.5));
            int last = (int) Math.min(oldSize - 1, Math.floor(centre + reach - 0.5));
            weights[i] = triangle(first[i], last, centre, reach);
        }
    }

    private static float[] triangle(int first, int last, double centre, double reach) {
        double[] raw = new double[last - first + 1];
        double sum = 0;
        for (int k = 0; k < raw.length; k++) {
            raw[k] = Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / reach);
            sum += raw[k];
        }
        float[] weights = new float[raw.length];
        for (int k = 0; k < raw.length; k++) {
            weights[k] = (float) (raw[k] / sum);
        }
        return weights;
    }

    /** The image with its width changed. */
    Pixels columns(Pixels image) {
        return resample(image, image.height(), image.width(), image.channels(), image.height(), weights.length);
    }

    /** The image with its height changed. */
    Pixels rows(Pixels image) {
        return resample(image, 1, image.height(), image.width() * image.channels(), weights.length, image.width());
    }

    /** Resamples the middle one of three axes of the image's values. */
    private Pixels resample(Pixels image, int outer, int middle, int inner, int newHeight, int newWidth) {
        byte[] result = new byte[outer * weights.length * inner];
        float[] line = new float[inner];
        for (int row = 0; row < outer * weights.length; row++) {
            int from = (row / weights.length * middle + first[row % weights.length]) * inner;
            mean(image.bytes(), from, weights[row % weights.length], line);
            for (int k = 0; k < inner; k++) {
                result[row * inner + k] = (byte) (int) (line[k] + 0.5f);
            }
        }
        return new Pixels(result, newHeight, newWidth, image.channels());
    }

    /** The weighted mean of lines that follow each other, each as long as {@code line}. */
    private static void mean(byte[] bytes, int from, float[] weights, float[] line) {
        Arrays.fill(line, 0);
        for (int t = 0; t < weights.length; t++) {
            for (int k = 0; k < line.length; k++) {
                line[k] += weights[t] * (bytes[from + t * line.length + k] & 0xff);
            }
        }
    }
}
