package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A fixed number of labelled images of one shape.
 *
 * <p>Pixels are floats from 0 to 1 in the order {@code [H, W, C]}. Sample {@code i} is the same pixels every time it is
 * read. All methods may be called from several threads at once.
 *
 * <pre>{@code
 * Splits digits = Datasets.open("strokes", dataDir);
 * Splits parts = digits.train().limit(10_000).split(0.1, 42);
 * float[] pixels = new float[parts.train().sampleShape().elements()];
 * parts.train().read(0, pixels, 0);
 * }</pre>
 */
public interface Dataset {

    /** What messages call this dataset, as in {@code mnist train}. */
    String name();

    /** The number of samples, at least 1. */
    int size();

    /** The shape of one sample, {@code [H, W, C]}. */
    Shape sampleShape();

    /** The names of the classes; a label is an index into this list. */
    List<String> classes();

    /**
     * The class number of one sample, from 0 to {@code classes().size() - 1}.
     *
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    int label(int index);

    /**
     * Writes the pixels of one sample to {@code into[offset]} and the {@code sampleShape().elements() - 1} places after
     * it.
     *
     * @throws IndexOutOfBoundsException if there is no such sample, or no room for its pixels
     * @throws dev.halfwave.format.ModelFormatException if the sample comes from a file that cannot be read
     */
    void read(int index, float[] into, int offset);

    /**
     * The samples with the given indices, in the given order.
     *
     * @throws IllegalArgumentException if there are none, or one is not an index of this dataset
     */
    default Dataset subset(int... indices) {
        return new Subset(this, indices);
    }

    /**
     * The samples from index {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @throws IllegalArgumentException if that is not a range of at least one index of this dataset
     */
    default Dataset range(int from, int to) {
        if (from < 0 || from >= to || to > size()) {
            throw new IllegalArgumentException(
                    name() + ": expected a range within 0 to " + size() + ", received " + from + " to " + to);
        }
        return new Subset(this, IntStream.range(from, to).toArray());
    }

    /**
     * At most {@code count} samples, the classes in the proportions they have here.
     *
     * <p>The earliest samples of each class are taken, so that the first few hundred images of folders sorted by class
     * are not all of one class. All samples are kept when there are no more than {@code count}.
     *
     * @throws IllegalArgumentException if {@code count} is less than 1
     */
    default Dataset limit(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(name() + ": expected a limit of 1 or more, received " + count);
        }
        return count >= size() ? this : new Subset(this, Proportions.first(this, count));
    }

    /**
     * Splits off part of every class, chosen by the seed, as for validation.
     *
     * @param fraction how much of this dataset {@link Splits#test()} gets, more than 0 and less than 1; rounded to whole samples
     * @param seed the same seed gives the same split
     * @throws IllegalArgumentException if the fraction is out of range or would leave a part without samples
     */
    default Splits split(double fraction, long seed) {
        return Proportions.split(this, fraction, seed);
    }
}
