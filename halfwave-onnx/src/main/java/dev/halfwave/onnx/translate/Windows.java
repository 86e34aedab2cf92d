package dev.halfwave.onnx.translate;

import dev.halfwave.onnx.file.Attributes;
import dev.halfwave.tensor.Window;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes by which a window moves over one or two spatial axes, as convolutions and pools have them.
 *
 * @param kernel the window's sizes
 * @param strides steps
 * @param dilations distances between the elements looked at
 * @param pads padding in front of every axis, then behind every axis
 * @param auto how padding follows from sizes: NOTSET, VALID, SAME_UPPER or SAME_LOWER
 */
record Windows(List<Long> kernel, List<Long> strides, List<Long> dilations, List<Long> pads, String auto) {
    private static final List<String> AUTO = List.of("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER");

    /** A node's windows over {@code rank} spatial axes; the kernel's sizes may also come from the filters. */
    static Windows of(Call call, int rank, @Nullable List<Long> filters) {
        Attributes attributes = call.attributes();
        List<Long> kernel = attributes.integers("kernel_shape");
        if (kernel == null) {
            kernel = filters;
        }
        if (kernel == null || kernel.size() != rank || filters != null && !kernel.equals(filters)) {
            throw attributes.wrong(
                    "kernel_shape",
                    (filters == null ? rank + " sizes" : "the filters' sizes " + filters),
                    String.valueOf(kernel));
        }
        return new Windows(
                kernel,
                list(attributes, "strides", rank, 1),
                list(attributes, "dilations", rank, 1),
                list(attributes, "pads", 2 * rank, 0),
                attributes.choice("auto_pad", "NOTSET", AUTO));
    }

    private static List<Long> list(Attributes attributes, String name, int size, long usual) {
        List<Long> values = attributes.integers(name);
        if (values == null || values.isEmpty()) {
            return Collections.nCopies(size, usual);
        }
        if (values.size() != size || values.stream().anyMatch(value -> value < usual || value > Integer.MAX_VALUE)) {
            throw attributes.wrong(name, size + " numbers of " + usual + " or more", values.toString());
        }
        return values;
    }

    int rank() {
        return kernel.size();
    }

    boolean isSame() {
        return auto.startsWith("SAME");
    }

    /** The window along one axis of the given length. */
    Window along(int axis, int length) {
        boolean padded = auto.equals("NOTSET");
        Window window = plain(
                axis,
                padded ? pads.get(axis).intValue() : 0,
                padded ? pads.get(axis + rank()).intValue() : 0);
        if (!isSame()) {
            return window;
        }
        Window same = window.same(length);
        return auto.equals("SAME_UPPER") ? same : plain(axis, /* before= */ same.after(), /* after= */ same.before());
    }

    private Window plain(int axis, int before, int after) {
        return new Window(
                Math.toIntExact(kernel.get(axis)),
                strides.get(axis).intValue(),
                dilations.get(axis).intValue(),
                before,
                after);
    }

    /** The window along an axis whose last, incomplete window counts, too, unless it starts behind the image. */
    Window ceiling(int axis, int length) {
        Window window = along(axis, length);
        if (isSame()) {
            return window;
        }
        long room = (long) length + window.before() + window.after() - window.span();
        long positions = Math.floorDiv(room + window.stride() - 1, (long) window.stride()) + 1;
        if ((positions - 1) * window.stride() >= (long) length + window.before()) {
            positions--;
        }
        long after = (positions - 1) * window.stride() + window.span() - length - window.before();
        return plain(axis, window.before(), Math.max(window.after(), Math.toIntExact(after)));
    }

    /** The windows over rows and columns of images; a single axis is a row of its own. */
    Plane over(int h, int w, boolean ceil) {
        Window horizontal = ceil ? ceiling(rank() - 1, w) : along(rank() - 1, w);
        Window vertical = rank() == 1 ? Window.of(1, 1) : ceil ? ceiling(0, h) : along(0, h);
        return new Plane(vertical, horizontal);
    }

    /**
     * The windows over images.
     *
     * @param vertical over rows
     * @param horizontal over columns
     */
    record Plane(Window vertical, Window horizontal) {}
}
