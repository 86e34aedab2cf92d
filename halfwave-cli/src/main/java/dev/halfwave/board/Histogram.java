package dev.halfwave.board;

import java.util.Arrays;

/**
 * How numbers are spread: 30 buckets of equal width from the least to the greatest, or one if they are the same.
 *
 * @param min the least
 * @param max the greatest
 * @param count how many there are
 * @param sum their sum
 * @param sumOfSquares the sum of their squares
 * @param limits the buckets' upper ends, which belong to them
 * @param counts how many numbers are in each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Histogram(
        double min, double max, long count, double sum, double sumOfSquares, double[] limits, double[] counts) {
    private static final int BUCKETS = 30;

    /** Of the finite ones among the numbers from one index, included, to another. */
    static Histogram of(float[] numbers, int from, int to) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (int i = from; i < to; i++) {
            double number = numbers[i];
            if (Double.isFinite(number)) {
                min = Math.min(min, number);
                max = Math.max(max, number);
                sum += number;
                squares += number * number;
                count++;
            }
        }
        if (count == 0) {
            return new Histogram(0, 0, 0, 0, 0, new double[] {0}, new double[] {0});
        }
        double[] limits = limits(min, max);
        return new Histogram(min, max, count, sum, squares, limits, counts(numbers, from, to, min, limits));
    }

    private static double[] limits(double min, double max) {
        double[] limits = new double[min == max ? 1 : BUCKETS];
        Arrays.setAll(limits, i -> min + (max - min) * (i + 1) / limits.length);
        limits[limits.length - 1] = max; // without rounding
        return limits;
    }

    private static double[] counts(float[] numbers, int from, int to, double min, double[] limits) {
        double[] counts = new double[limits.length];
        double max = limits[limits.length - 1];
        double perBucket = (max - min) / limits.length;
        for (int i = from; i < to; i++) {
            if (Double.isFinite(numbers[i])) {
                int bucket = max == min ? 0 : (int) Math.ceil((numbers[i] - min) / perBucket) - 1;
                counts[Math.max(0, Math.min(bucket, counts.length - 1))]++;
            }
        }
        return counts;
    }
}
