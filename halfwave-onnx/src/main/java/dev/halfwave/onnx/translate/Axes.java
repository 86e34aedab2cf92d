package dev.halfwave.onnx.translate;

import java.util.ArrayList;
import java.util.List;

/** Orders of axes, for transposes. */
final class Axes {
    private Axes() {}

    /** The axes in order, with one of them moved; both places may count from the end. */
    static List<Integer> moved(int rank, int from, int to) {
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            order.add(axis);
        }
        order.add(Math.floorMod(to, rank), order.remove(Math.floorMod(from, rank)));
        return order;
    }

    /** The axes {@code [from, to)}. */
    static List<Integer> range(int from, int to) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = from; axis < to; axis++) {
            axes.add(axis);
        }
        return axes;
    }
}
