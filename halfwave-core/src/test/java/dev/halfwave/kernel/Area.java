package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

/** A range within an array whose other elements must stay as they are. */
final class Area {
    private static final float SENTINEL = -12345.678f;
    private static final int MARGIN = 40;

    private final float[] array;
    private final int start;
    private final int length;

    private Area(float[] array, int start, int length) {
        this.array = array;
        this.start = start;
        this.length = length;
    }

    /** A range of normally distributed numbers at a random place. */
    static Area random(Random random, int length) {
        Area area = poisoned(random, length);
        for (int i = 0; i < length; i++) {
            area.array[area.start + i] = (float) random.nextGaussian();
        }
        return area;
    }

    /** A range of the given numbers at a random place. */
    static Area of(Random random, float... values) {
        Area area = poisoned(random, values.length);
        System.arraycopy(values, 0, area.array, area.start, values.length);
        return area;
    }

    /** A range that holds NaN, for a result that has to be written fully, at a random place. */
    static Area poisoned(Random random, int length) {
        int start = random.nextInt(MARGIN);
        float[] array = new float[start + length + random.nextInt(MARGIN)];
        Arrays.fill(array, SENTINEL);
        Arrays.fill(array, start, start + length, Float.NaN);
        return new Area(array, start, length);
    }

    /** The same range in an array of its own. */
    Area copy() {
        return new Area(array.clone(), start, length);
    }

    /** The whole array. */
    float[] array() {
        return array;
    }

    /** Where the range starts. */
    int start() {
        return start;
    }

    /** How long the range is. */
    int length() {
        return length;
    }

    /** Element i of the range. */
    float get(int i) {
        return array[start + i];
    }

    /** The range alone. */
    float[] values() {
        return Arrays.copyOfRange(array, start, start + length);
    }

    /** Multiplies all elements. */
    Area times(float factor) {
        for (int i = start; i < start + length; i++) {
            array[i] *= factor;
        }
        return this;
    }

    /** Asserts that every element is near the expected one, and that nothing around the range was touched. */
    void assertNear(String what, double[] expected, double tolerance) {
        assertThat(length).as(what).isEqualTo(expected.length);
        for (int i = 0; i < length; i++) {
            double error = Math.abs(get(i) - expected[i]);
            if (!(error <= tolerance) && !same(get(i), expected[i])) {
                throw new AssertionError(what + ": expected " + expected[i] + " within " + tolerance + " at element "
                        + i + ", received " + get(i));
            }
        }
        assertIntact(what);
    }

    private static boolean same(float actual, double expected) {
        return Float.floatToIntBits(actual) == Float.floatToIntBits((float) expected);
    }

    /** Asserts that the range holds the same bits as another one, any NaN being like any other. */
    void assertSameBits(String what, Area other) {
        for (int i = 0; i < length; i++) {
            if (Float.floatToIntBits(get(i)) != Float.floatToIntBits(other.get(i))) {
                throw new AssertionError(
                        what + ": expected the bits of " + other.get(i) + " at element " + i + ", received " + get(i));
            }
        }
    }

    /** Asserts that nothing around the range was touched. */
    void assertIntact(String what) {
        for (int i = 0; i < array.length; i++) {
            if ((i < start || i >= start + length) && array[i] != SENTINEL) {
                throw new AssertionError(what + ": expected nothing to be written at " + (i - start) + " of a range of "
                        + length + ", received " + array[i]);
            }
        }
    }
}
