package dev.halfwave.onnx.write;

import java.util.ArrayList;
import java.util.List;

/**
 * In which order the elements of a core value stand in an ONNX tensor.
 *
 * @param channelsFirst whether channels stand behind the batch axis instead of at the end
 * @param image of a flattened image the sizes {@code [H, W, C]} that it had; empty where the value has its own axes
 */
record Layout(boolean channelsFirst, List<Integer> image) {
    /** As in core: channels last. */
    static final Layout AS_IS = new Layout(false, List.of());

    /** With the last axis moved behind the first. */
    static final Layout CHANNELS_FIRST = new Layout(true, List.of());

    /** Rows that are channels-first images, {@code [N, C · H · W]}, where core has {@code [N, H · W · C]}. */
    static Layout flattened(int h, int w, int c) {
        return new Layout(true, List.of(h, w, c));
    }

    /** Whether the elements within a row are in another order than core's. */
    boolean isFlattened() {
        return !image.isEmpty();
    }

    /** Where a core value's axis stands in the tensor. */
    int axis(int axis, int rank) {
        if (!channelsFirst || axis == 0) {
            return axis;
        }
        return axis == rank - 1 ? 1 : axis + 1;
    }

    /** For each axis of the tensor the core value's. */
    List<Integer> order(int rank) {
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            order.add(axis);
        }
        if (channelsFirst) {
            order.add(1, order.remove(rank - 1));
        }
        return order;
    }

    /** For each axis of the core value the tensor's. */
    List<Integer> inverse(int rank) {
        List<Integer> inverse = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            inverse.add(axis(axis, rank));
        }
        return inverse;
    }

    /** What belongs to the core value's axes, in the order of the tensor's. */
    <T> List<T> sort(List<T> perAxis) {
        return order(perAxis.size()).stream().map(perAxis::get).toList();
    }

    /** What is added to the name of a value's second form. */
    String suffix() {
        return isFlattened() ? "flat" : channelsFirst ? "channels_first" : "channels_last";
    }
}
