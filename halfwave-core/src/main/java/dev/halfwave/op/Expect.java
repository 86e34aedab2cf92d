package dev.halfwave.op;

import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import java.util.List;

/** The checks that shape rules share. Texts follow: expected X, received Y. */
final class Expect {
    /** No upper limit to the number of inputs. */
    static final int ANY = Integer.MAX_VALUE;

    private Expect() {}

    /** That there are as many inputs as wanted. */
    static void inputs(List<Shape> inputs, int from, int to) {
        if (inputs.size() < from || inputs.size() > to) {
            String wanted = to == ANY ? "at least " + from : from == to ? "" + from : from + " to " + to;
            throw new IllegalArgumentException(
                    "expected " + wanted + " inputs, received " + inputs.size() + " " + inputs);
        }
    }

    /** That a shape has the wanted number of axes. */
    static void rank(String what, Shape shape, int rank, String axes) {
        if (shape.rank() != rank) {
            throw new IllegalArgumentException("expected " + what + " with " + rank + " axes " + axes + ", received "
                    + shape + (rank == 2 && shape.rank() == 4 ? "; put a Flatten in front" : ""));
        }
    }

    /** That a shape is the wanted one. */
    static void shape(String what, Shape shape, Shape wanted) {
        if (!shape.equals(wanted)) {
            throw new IllegalArgumentException("expected " + what + " of shape " + wanted + ", received " + shape);
        }
    }

    /** That a shape is one number for each channel of another. */
    static void perChannel(String what, Shape shape, Shape of) {
        if (shape.rank() != 1 || of.rank() < 1 || shape.size(0) != of.size(-1)) {
            throw new IllegalArgumentException(
                    "expected " + what + " with one number per channel of " + of + ", received " + shape);
        }
    }

    /** That a shape has a last axis to treat as channels. */
    static void channels(String what, Shape shape) {
        if (shape.rank() < 1) {
            throw new IllegalArgumentException("expected " + what + " with channels as last axis, received a scalar");
        }
    }

    /** That a shape has an axis; returns its number counted from the front. */
    static int axis(Shape shape, int axis) {
        if (shape.rank() == 0) {
            throw new IllegalArgumentException("expected an axis of a tensor, received a scalar");
        }
        if (axis < -shape.rank() || axis >= shape.rank()) {
            throw new IllegalArgumentException("expected an axis from " + -shape.rank() + " to " + (shape.rank() - 1)
                    + " of " + shape + ", received " + axis);
        }
        return shape.resolve(axis);
    }

    /** That all indices are elements of an axis. */
    static void indices(Shape shape, int axis, Indices indices) {
        int size = shape.size(axis(shape, axis));
        for (int i = 0; i < indices.size(); i++) {
            if (indices.get(i) < 0 || indices.get(i) >= size) {
                throw new IllegalArgumentException("expected indices from 0 to " + (size - 1) + " on axis "
                        + shape.resolve(axis) + " of " + shape + ", received " + indices.get(i));
            }
        }
    }
}
