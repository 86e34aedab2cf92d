package dev.halfwave.bench.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What was computed, on its way from one process to another, and how far two such results are apart. */
public final class Results {
    private Results() {}

    static void write(List<float[]> results, Path file) throws IOException {
        int floats = results.stream().mapToInt(result -> result.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(floats, Float.BYTES));
        results.forEach(result -> {
            for (float value : result) {
                bytes.putFloat(value);
            }
        });
        Files.write(file, bytes.array());
    }

    /** All that was written. */
    public static float[] read(Path file) throws IOException {
        float[] values = new float[Math.toIntExact(Files.size(file) / Float.BYTES)];
        ByteBuffer.wrap(Files.readAllBytes(file)).asFloatBuffer().get(values);
        return values;
    }

    /**
     * The largest difference, relative to the largest expected value; infinite where something is not a number.
     *
     * @throws IllegalArgumentException if there are not as many
     */
    public static double error(float[] expected, float[] received) {
        if (expected.length != received.length) {
            throw new IllegalArgumentException(
                    "results: expected " + expected.length + " numbers, received " + received.length);
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            double off = Math.abs((double) expected[i] - received[i]);
            difference = Math.max(difference, off); // keeps NaN
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return Double.isFinite(difference) && largest > 0 ? difference / largest : Double.POSITIVE_INFINITY;
    }
}
