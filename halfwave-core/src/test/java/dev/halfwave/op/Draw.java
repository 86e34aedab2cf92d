package dev.halfwave.op;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A seeded source of configurations: sizes around the vector lengths, windows that fit, values that float32 holds
 * exactly.
 *
 * @param random where everything comes from
 * @param work about how many elements or multiply-adds a configuration may have
 */
record Draw(SplittableRandom random, int work) {
    /** Small enough to be evaluated a thousand times. */
    static final int SMALL = 10_000;

    /** Large enough to be cut into several tasks. */
    static final int LARGE = 400_000;

    private static final int[] AWKWARD = {1, 2, 3, 5, 7, 15, 16, 17, 31, 33};

    /** A number from a range, both ends included. */
    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    /** A number from a range. */
    double between(double from, double to) {
        return random.nextDouble(from, to);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A size that does not suit vectors, or just does. */
    int size() {
        return AWKWARD[random.nextInt(AWKWARD.length)];
    }

    /** A shape of awkward sizes; now and then one with a long axis and about as many elements as there may be work. */
    Shape shape(int rank) {
        int[] sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = size();
        }
        boolean large = chance(0.2);
        if (large) {
            int axis = random.nextInt(rank);
            sizes[axis] = 1;
            sizes[axis] = work / 8 / Shape.of(sizes).elements() + 1;
        } else if (chance(0.2)) {
            sizes[0] = of(List.of(64, 65, 130, 1000));
        }
        return shrink(sizes, large ? work / 4 : work / 40);
    }

    private Shape shrink(int[] sizes, int most) {
        long elements = 1;
        for (int size : sizes) {
            elements *= size;
        }
        if (elements <= most) {
            return Shape.of(sizes);
        }
        int axis = random.nextInt(sizes.length);
        sizes[axis] = (sizes[axis] + 1) / 2;
        return shrink(sizes, most);
    }

    /** A shape {@code [..., C]} of one to four axes. */
    Shape channelled() {
        return shape(between(1, 4));
    }

    /** Values drawn evenly from a range. */
    DoubleTensor values(Shape shape, double from, double to) {
        DoubleTensor tensor = DoubleTensor.zeros(shape);
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = (float) between(from, to);
        }
        return tensor;
    }

    /** Values from −2 to 2; one time in ten multiples of ½, so that many are equal and some are zero. */
    DoubleTensor values(Shape shape) {
        DoubleTensor tensor = values(shape, -2, 2);
        if (chance(0.1)) {
            for (int i = 0; i < tensor.data().length; i++) {
                tensor.data()[i] = Math.rint(2 * tensor.data()[i]) / 2;
            }
        }
        return tensor;
    }

    /** Class numbers. */
    DoubleTensor labels(int rows, int classes) {
        DoubleTensor labels = DoubleTensor.zeros(Shape.of(rows));
        for (int i = 0; i < rows; i++) {
            labels.data()[i] = random.nextInt(classes);
        }
        return labels;
    }

    /** A window with stride, dilation and uneven padding that fits an axis, padded by less than its span. */
    Window window(int length) {
        int size = between(1, 5);
        int dilation = chance(0.7) ? 1 : between(2, 3);
        int span = (size - 1) * dilation + 1;
        int most = chance(0.5) ? 0 : span - 1;
        int before = between(0, most);
        int after = between(0, most);
        boolean fits = span <= length + before + after && (dilation == 1 || length >= dilation);
        return fits ? new Window(size, between(1, 3), dilation, before, after) : window(length);
    }
}
