package dev.halfwave.op;

import dev.halfwave.tensor.Shape;

/**
 * A tensor seen from one of its axes, as {@code [outer, size, inner]}.
 *
 * @param outer the product of the axes in front
 * @param size the axis's own size
 * @param inner the product of the axes behind
 */
record AxisLoops(int outer, int size, int inner) {

    /** The view from an axis; negative counts from the end. */
    static AxisLoops of(Shape shape, int axis) {
        int at = shape.resolve(axis);
        return new AxisLoops(shape.product(0, at), shape.size(at), shape.product(at + 1, shape.rank()));
    }

    /** Where an element stands. */
    int at(int o, int i, int j) {
        return (o * size + i) * inner + j;
    }

    /** Visits all elements in order. */
    void each(Element element) {
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < inner; j++) {
                    element.visit(o, i, j, at(o, i, j));
                }
            }
        }
    }

    /** What to do with one element. */
    @FunctionalInterface
    interface Element {
        /** Its three indices, and where it stands. */
        void visit(int outer, int i, int inner, int at);
    }
}
