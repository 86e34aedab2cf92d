package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.MaxPoolIndices;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.tensor.Window;
import java.util.List;

/** Pools, which are channels first in ONNX. */
final class Pools {
    private Pools() {}

    static void max(MaxPool2d op, Node node, Writing out) {
        String x = out.read(node.input(0), Layout.CHANNELS_FIRST);
        if (isGlobal(op.vertical(), node, 1) && isGlobal(op.horizontal(), node, 2)) {
            out.add(node, OnnxNode.of("GlobalMaxPool", x), node.output(), Layout.CHANNELS_FIRST);
            return;
        }
        Window vertical = op.vertical();
        Window horizontal = op.horizontal();
        if (overhangs(vertical) || overhangs(horizontal)) {
            x = padded(x, node, vertical, horizontal, out);
            vertical = unpadded(vertical);
            horizontal = unpadded(horizontal);
        }
        OnnxNode pool = Convolutions.windows(OnnxNode.of("MaxPool", x), vertical, horizontal);
        out.add(node, pool, node.output(), Layout.CHANNELS_FIRST);
    }

    /** ONNX counts through the whole batch, and core within each plane. */
    static void indices(MaxPoolIndices op, Node node, Writing out) {
        if (overhangs(op.vertical()) || overhangs(op.horizontal())) {
            throw new IllegalArgumentException("expected less padding than the window's size");
        }
        String x = out.read(node.input(0), Layout.CHANNELS_FIRST);
        OnnxNode pool = Convolutions.windows(OnnxNode.of("MaxPool", x), op.vertical(), op.horizontal());
        String all = out.steps(node.name() + ".all", pool, 2).get(1);
        Shape images = node.input(0).shape();
        String plane = out.initializers().integers(List.of(images.size(1) * images.size(2)));
        String within = out.step(node.name() + ".within", OnnxNode.of("Mod", all, plane));
        out.add(node, OnnxNode.of("Cast", within).integer("to", 1), node.output(), Layout.CHANNELS_FIRST);
    }

    /** Whether there is more padding than ONNX allows a pool to have. */
    private static boolean overhangs(Window window) {
        return Math.max(window.before(), window.after()) >= window.size();
    }

    private static String padded(String x, Node node, Window vertical, Window horizontal, Writing out) {
        List<Integer> pads =
                List.of(0, 0, vertical.before(), horizontal.before(), 0, 0, vertical.after(), horizontal.after());
        String by = out.initializers().integers(pads);
        String lowest = out.initializers().scalar(Double.NEGATIVE_INFINITY);
        return out.step(node.name() + ".padded", OnnxNode.of("Pad", x, by, lowest));
    }

    private static Window unpadded(Window window) {
        return new Window(window.size(), window.stride(), window.dilation(), 0, 0);
    }

    static void average(AvgPool2d op, Node node, Writing out) {
        String x = out.read(node.input(0), Layout.CHANNELS_FIRST);
        if (isGlobal(op.vertical(), node, 1) && isGlobal(op.horizontal(), node, 2)) {
            out.add(node, OnnxNode.of("GlobalAveragePool", x), node.output(), Layout.CHANNELS_FIRST);
            return;
        }
        if (isPlain(op.vertical()) && isPlain(op.horizontal())) {
            OnnxNode pool = OnnxNode.of("AveragePool", x)
                    .integers(
                            "kernel_shape",
                            op.vertical().size(),
                            op.horizontal().size())
                    .integers("strides", op.vertical().stride(), op.horizontal().stride())
                    .integers(
                            "pads",
                            op.vertical().before(),
                            op.horizontal().before(),
                            op.vertical().after(),
                            op.horizontal().after())
                    .integer("count_include_pad", op.countPadding() ? 1 : 0);
            out.add(node, pool, node.output(), Layout.CHANNELS_FIRST);
            return;
        }
        convolved(op, x, node, out);
    }

    private static boolean isGlobal(Window window, Node node, int axis) {
        return window.size() == node.input(0).shape().size(axis) && window.dilation() == 1 && !window.padded();
    }

    private static boolean isPlain(Window window) {
        return window.dilation() == 1 && !overhangs(window);
    }

    /** Averages that ONNX has no pool for, as a convolution of each channel, divided by what each window sees. */
    private static void convolved(AvgPool2d op, String x, Node node, Writing out) {
        int channels = node.input(0).shape().size(3);
        Shape shape =
                Shape.of(channels, 1, op.vertical().size(), op.horizontal().size());
        String ones = out.initializers().add(node.name() + ".ones", Tensor.full(shape, 1));
        OnnxNode sum = Convolutions.windows(OnnxNode.of("Conv", x, ones), op.vertical(), op.horizontal());
        String sums = out.step(node.name() + ".sums", sum.integer("group", channels));
        String counts = out.initializers().add(node.name() + ".counts", counts(op, node));
        out.add(node, OnnxNode.of("Div", sums, counts), node.output(), Layout.CHANNELS_FIRST);
    }

    private static Tensor counts(AvgPool2d op, Node node) {
        Shape y = node.output().shape();
        Tensor counts = Tensor.zeros(Shape.of(1, 1, y.size(1), y.size(2)));
        for (int p = 0; p < y.size(1); p++) {
            for (int q = 0; q < y.size(2); q++) {
                int rows = seen(op, op.vertical(), p, node.input(0).shape().size(1));
                int columns = seen(op, op.horizontal(), q, node.input(0).shape().size(2));
                counts.data()[p * y.size(2) + q] = Math.max(1, rows * columns);
            }
        }
        return counts;
    }

    private static int seen(AvgPool2d op, Window window, int position, int length) {
        int count = 0;
        for (int i = 0; i < window.size(); i++) {
            int at = position * window.stride() - window.before() + i * window.dilation();
            count += op.countPadding() || at >= 0 && at < length ? 1 : 0;
        }
        return count;
    }
}
