package dev.halfwave.inspect;

import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A stretch of a line, or a convex polygon of a plane, on which a network is affine as far as it was followed: so its
 * values at the corners say all.
 *
 * @param corners two, or three and more around
 */
record Cell(List<Corner> corners) {
    /** How far beyond zero, in parts of the numbers' size, a corner has to be to count as being on that side. */
    private static final double CLEAR = 1e-11;

    /**
     * A corner with what the network came to there.
     *
     * @param place its coordinates on the line or plane
     * @param values what is still needed of the network's values
     */
    record Corner(double[] place, Map<Value, DoubleTensor> values) {
        double at(Value value, int element) {
            DoubleTensor found = values.get(value);
            return found == null ? Double.NaN : found.data()[element];
        }

        private Corner copy() {
            return new Corner(place, new IdentityHashMap<>(values));
        }

        /** The point between two corners, where every value is between theirs in the same proportion. */
        private static Corner between(Corner a, Corner b, double share) {
            Map<Value, DoubleTensor> values = new IdentityHashMap<>();
            a.values.forEach((value, there) -> {
                DoubleTensor other = Objects.requireNonNull(b.values.get(value), value::name);
                values.put(value, new DoubleTensor(there.shape(), between(there.data(), other.data(), share)));
            });
            return new Corner(between(a.place, b.place, share), values);
        }

        private static double[] between(double[] a, double[] b, double share) {
            double[] result = new double[a.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = a[i] + share * (b[i] - a[i]);
            }
            return result;
        }
    }

    /** A cell whose corners can be followed on their own. */
    Cell copy() {
        return new Cell(corners.stream().map(Corner::copy).toList());
    }

    /** Whether an affine function, by its values at the corners, is clearly above zero somewhere in the cell. */
    boolean reachesAbove(ToDoubleFunction<Corner> f) {
        double size = 1;
        double most = Double.NEGATIVE_INFINITY;
        for (Corner corner : corners) {
            double value = f.applyAsDouble(corner);
            size = Math.max(size, Math.abs(value));
            most = Math.max(most, value);
        }
        return most > CLEAR * size;
    }

    /** Whether the function changes its sign inside the cell. */
    boolean isCrossedBy(ToDoubleFunction<Corner> f) {
        return reachesAbove(f) && reachesAbove(corner -> -f.applyAsDouble(corner));
    }

    /** The part of the cell where the function is at least zero; empty if that is no more than an edge. */
    Optional<Cell> above(ToDoubleFunction<Corner> f) {
        if (!reachesAbove(f)) {
            return Optional.empty();
        }
        if (!reachesAbove(corner -> -f.applyAsDouble(corner))) {
            return Optional.of(this);
        }
        List<Corner> kept = new ArrayList<>();
        for (int i = 0; i < corners.size(); i++) {
            Corner here = corners.get(i);
            Corner next = corners.get((i + 1) % corners.size());
            double a = f.applyAsDouble(here);
            double b = f.applyAsDouble(next);
            if (a >= 0) {
                kept.add(here);
            }
            boolean lastOfTwo = corners.size() == 2 && i == 1; // a stretch has one edge, not two
            if (!lastOfTwo && (a > 0 && b < 0 || a < 0 && b > 0)) {
                kept.add(Corner.between(here, next, a / (a - b)));
            }
        }
        return Optional.of(new Cell(kept));
    }
}
