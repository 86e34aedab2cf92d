package dev.halfwave.activation;

import java.util.List;
import java.util.stream.DoubleStream;

/** Whether a function consists of straight pieces, told from its own facts: its kinks and its slopes between them. */
public final class Pieces {
    /** Where slopes are compared: far from each other in size, so that a slope that only nearly stays shows. */
    private static final double[] OUTWARDS = {1e-3, 0.1, 0.7, 3.1, 9.3};

    private static final double[] INWARDS = {0.01, 0.17, 0.5, 0.63, 0.99};
    private static final double SAME = 1e-12;

    private Pieces() {}

    /** Whether f is straight between its kinks. */
    public static boolean areStraight(Activation f) {
        List<Double> kinks = f.kinks();
        if (kinks.isEmpty()) {
            return isStraight(f, DoubleStream.of(-9.3, -3.1, -0.7, 0.1, 1.3, 7.7));
        }
        double first = kinks.get(0);
        double last = kinks.get(kinks.size() - 1);
        boolean straight = isStraight(f, DoubleStream.of(OUTWARDS).map(off -> first - off))
                && isStraight(f, DoubleStream.of(OUTWARDS).map(off -> last + off));
        for (int i = 1; i < kinks.size(); i++) {
            double from = kinks.get(i - 1);
            double length = kinks.get(i) - from;
            straight &= isStraight(f, DoubleStream.of(INWARDS).map(share -> from + share * length));
        }
        return straight;
    }

    private static boolean isStraight(Activation f, DoubleStream places) {
        double[] slopes = places.map(f::slopeAt).toArray();
        return DoubleStream.of(slopes).allMatch(slope -> Math.abs(slope - slopes[0]) <= SAME);
    }

    /** The slope of f just beside x, on the side that a step of the given sign leads to. */
    public static double slopeBeside(Activation f, double x, double sign) {
        double off = 1e-9 * Math.max(1, Math.abs(x));
        return f.slopeAt(x + Math.copySign(off, sign));
    }
}
