package dev.halfwave.onnx.write;

import dev.halfwave.graph.Value;
import java.util.List;

/** Brings values from one layout into another. */
final class Conversions {
    private Conversions() {}

    /** Adds what makes a layout of a value from the one it was computed in, and returns the tensor's name. */
    static String convert(Writing out, Value value, Layout layout) {
        Layout from = out.first(value);
        if (from.isFlattened()) {
            return unflattened(out, value, from);
        }
        int rank = value.shape().rank();
        List<Integer> order =
                layout.order(rank).stream().map(axis -> from.axis(axis, rank)).toList();
        OnnxNode transpose = OnnxNode.of("Transpose", out.read(value, from)).integers("perm", order);
        return out.convert(transpose, value, layout);
    }

    /** Channels last again within each row. */
    private static String unflattened(Writing out, Value value, Layout from) {
        int h = from.image().get(0);
        int w = from.image().get(1);
        int c = from.image().get(2);
        String first = out.initializers().integers(List.of(0, c, h, w));
        String images = out.step(value.name() + ".images", OnnxNode.of("Reshape", out.read(value, from), first));
        OnnxNode transpose = OnnxNode.of("Transpose", images).integers("perm", 0, 2, 3, 1);
        String last = out.step(value.name() + ".images_last", transpose);
        String rows = out.initializers().integers(List.of(0, h * w * c));
        return out.convert(OnnxNode.of("Reshape", last, rows), value, Layout.AS_IS);
    }
}
