package dev.halfwave.onnx.peer;

import dev.halfwave.onnx.file.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Draws sizes, numbers and attributes. */
final class Draw {
    private static final long[] OPSETS = {7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22};

    private final Random random;

    Draw(long seed) {
        this.random = new Random(seed);
    }

    /** A number from low to high, both included. */
    int number(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    boolean chance() {
        return random.nextBoolean();
    }

    boolean rarely() {
        return random.nextInt(4) == 0;
    }

    @SafeVarargs
    final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** A version of ONNX's ops from the given one on. */
    long opset(long first) {
        return opset(first, 22);
    }

    long opset(long first, long last) {
        long[] fitting = Arrays.stream(OPSETS)
                .filter(opset -> opset >= first && opset <= last)
                .toArray();
        return fitting[random.nextInt(fitting.length)];
    }

    long[] sizes(int rank, int low, int high) {
        long[] sizes = new long[rank];
        Arrays.setAll(sizes, axis -> number(low, high));
        return sizes;
    }

    /** Sizes that are stretched to the given ones: some axes are 1, some of the first are missing. */
    long[] stretchable(long... sizes) {
        long[] fewer = Arrays.copyOfRange(sizes, rarely() ? number(0, sizes.length) : 0, sizes.length);
        for (int axis = 0; axis < fewer.length; axis++) {
            fewer[axis] = rarely() ? 1 : fewer[axis];
        }
        return fewer;
    }

    Numbers floats(long... sizes) {
        return Numbers.of(ElementType.FLOAT, sizes, i -> (float) random.nextGaussian());
    }

    /** Floating point numbers between two bounds. */
    Numbers between(double low, double high, long... sizes) {
        return Numbers.of(ElementType.FLOAT, sizes, i -> (float) (low + (high - low) * random.nextDouble()));
    }

    /** Whole numbers from low to high, both included. */
    Numbers whole(ElementType type, int low, int high, long... sizes) {
        return Numbers.of(type, sizes, i -> number(low, high));
    }

    /** Whole numbers that are not 0. */
    Numbers divisors(ElementType type, int high, long... sizes) {
        return Numbers.of(type, sizes, i -> number(1, high) * (chance() ? 1 : -1));
    }

    Numbers booleans(long... sizes) {
        return whole(ElementType.BOOL, 0, 1, sizes);
    }

    /** An axis, counted from either end. */
    long axis(int rank) {
        return number(-rank, rank - 1);
    }

    /** Different axes, each counted from either end. */
    long[] axes(int rank, int count) {
        List<Long> all = new java.util.ArrayList<>();
        for (long axis = 0; axis < rank; axis++) {
            all.add(axis);
        }
        java.util.Collections.shuffle(all, random);
        return all.subList(0, count).stream()
                .mapToLong(axis -> chance() ? axis : axis - rank)
                .toArray();
    }

    /** Adds an input that is fed in or held by the file. */
    NodeModel input(NodeModel model, Numbers numbers) {
        return chance() ? model.fed(numbers) : model.held(numbers);
    }
}
