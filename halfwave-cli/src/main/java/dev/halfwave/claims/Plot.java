package dev.halfwave.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Curves over a common axis: numbers to draw and to put into a table.
 *
 * @param across what the horizontal axis shows, with its unit
 * @param up what the vertical axis shows, with its unit
 * @param xs where the curves are known, rising
 * @param curves in the order of their legend
 */
public record Plot(String across, String up, List<Double> xs, List<Curve> curves) {
    /** @throws IllegalArgumentException if a curve has not as many values as there are places */
    public Plot {
        xs = List.copyOf(xs);
        curves = List.copyOf(curves);
        for (Curve curve : curves) {
            if (curve.ys().size() != xs.size()) {
                throw new IllegalArgumentException("plot: expected " + xs.size() + " values of " + curve.name()
                        + ", received " + curve.ys().size());
            }
        }
    }

    /**
     * One line.
     *
     * @param name what it shows
     * @param ys one value per place
     */
    public record Curve(String name, List<Double> ys) {
        /** Keeps its own copy of the list. */
        public Curve {
            ys = List.copyOf(ys);
        }
    }

    /** Without curves, over {@code count} places from one to the other, both included. */
    static Plot over(String across, double from, double to, int count, String up) {
        return new Plot(
                across,
                up,
                IntStream.range(0, count)
                        .mapToObj(i -> from + (to - from) * i / (count - 1))
                        .toList(),
                List.of());
    }

    /** Without curves, over the whole numbers from one to the other, both included. */
    static Plot counting(String across, int from, int to, String up) {
        return over(across, from, to, to - from + 1, up);
    }

    /** The same with one more curve. */
    Plot with(String name, List<Double> ys) {
        List<Curve> more = new ArrayList<>(curves);
        more.add(new Curve(name, ys));
        return new Plot(across, up, xs, more);
    }

    /** The same with a function of the places. */
    Plot with(String name, DoubleUnaryOperator f) {
        return with(name, xs.stream().map(f::applyAsDouble).toList());
    }

    /** The same with one number per place. */
    Plot with(String name, double... ys) {
        return with(name, DoubleStream.of(ys).boxed().toList());
    }
}
