package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Digits that look handwritten, made by a simulated pen: {@code [28, 28, 1]}, white on black, ten classes, as MNIST but
 * without files.
 *
 * <p>Each digit has several glyphs with a range of shapes. A sample is one of them with its points moved a little,
 * slanted, turned, bent, sized and drawn by a pen of changing width, then blurred and noisy. Every ten samples from a
 * multiple of ten on hold each digit once.
 *
 * <p>Sample i is a function of (seed, part, i) and the same to the last bit on every machine; it does not depend on the
 * size. The samples of {@link #train} and {@link #test} come from separate streams of random numbers.
 */
public final class Strokes implements Dataset {
    private static final int SIDE = 28;
    private static final Shape SHAPE = Shape.of(SIDE, SIDE, 1);
    private static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    private final String part;
    private final long seed;
    private final long stream;
    private final byte[] labels;
    private final SampleCache cache;

    private Strokes(String part, int size, long seed, long stream) {
        if (size < 1) {
            throw new IllegalArgumentException("strokes " + part + ": expected a size of 1 or more, received " + size);
        }
        this.part = part;
        this.seed = seed;
        this.stream = stream;
        this.labels = labels(size, seed, stream);
        this.cache = new SampleCache(size, SHAPE.elements(), this::make);
    }

    /**
     * Digits to train on.
     *
     * @param size how many, 1 or more
     * @param seed other seeds give other digits
     * @throws IllegalArgumentException if the size is less than 1
     */
    public static Strokes train(int size, long seed) {
        return new Strokes("train", size, seed, 1);
    }

    /**
     * Digits to test with.
     *
     * @param size how many, 1 or more
     * @param seed other seeds give other digits
     * @throws IllegalArgumentException if the size is less than 1
     */
    public static Strokes test(int size, long seed) {
        return new Strokes("test", size, seed, 2);
    }

    private static byte[] labels(int size, long seed, long stream) {
        byte[] labels = new byte[size];
        for (int begin = 0; begin < size; begin += 10) {
            int[] digits = new SplitMix(seed, stream, 0, begin).permutation(10);
            for (int i = begin; i < Math.min(size, begin + 10); i++) {
                labels[i] = (byte) digits[i - begin];
            }
        }
        return labels;
    }

    private byte[] make(int index) {
        SplitMix random = new SplitMix(seed, stream, 1, index);
        double[] image = new double[SIDE * SIDE];
        PenPath path = new Handwriting(random).write(labels[index], SIDE);
        new Pen(image, SIDE, 1 + 0.6 * random.uniform()).draw(path);
        return Scan.of(image, SIDE, random);
    }

    @Override
    public String name() {
        return "strokes " + part;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Shape sampleShape() {
        return SHAPE;
    }

    @Override
    public List<String> classes() {
        return CLASSES;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public void read(int index, float[] into, int offset) {
        Objects.checkIndex(index, size());
        Pixels.scale(cache.get(index), 0, into, offset, SHAPE.elements());
    }
}
