package dev.halfwave.data.augment;

/** Checks the numbers of augmentations. */
final class Numbers {
    private Numbers() {}

    /** That a number is within a range, both ends included. */
    static void check(String name, String what, double value, double from, double to) {
        if (!(value >= from && value <= to)) {
            throw new IllegalArgumentException(name + ": expected " + what + " from " + text(from) + " to " + text(to)
                    + ", received " + text(value));
        }
    }

    private static String text(double value) {
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }
}
