package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;

/** Convolutions; ONNX has filters as {@code [K, C/groups, R, S]}. */
final class Convolutions {
    private Convolutions() {}

    static void forward(Conv2d op, Node node, Writing out) {
        OnnxNode conv = conv("Conv", node, out);
        windows(conv, op.vertical(), op.horizontal()).integer("group", op.groups());
        Pointwise.finish(out, node, conv, op.activation(), out.fusion().result(node), Layout.CHANNELS_FIRST);
    }

    static void transposed(Conv2dInputGradient op, Node node, Writing out) {
        OnnxNode conv = conv("ConvTranspose", node, out);
        Shape dy = node.input(0).shape();
        windows(conv, op.vertical(), op.horizontal())
                .integer("group", op.groups())
                .integers(
                        "output_padding",
                        rest(op.vertical(), dy.size(1), op.h()),
                        rest(op.horizontal(), dy.size(2), op.w()));
        out.add(node, conv, out.fusion().result(node), Layout.CHANNELS_FIRST);
    }

    private static OnnxNode conv(String operator, Node node, Writing out) {
        String images = out.read(node.input(0), Layout.CHANNELS_FIRST);
        OnnxNode conv = OnnxNode.of(operator, images, out.permuted(node.input(1), 3, 2, 0, 1));
        Value bias = out.fusion().bias(node);
        return bias == null ? conv : conv.input(out.read(bias, Layout.AS_IS));
    }

    /** The elements behind the last position of the window that the convolution never looked at. */
    private static int rest(Window window, int positions, int length) {
        return length + window.before() + window.after() - window.span() - (positions - 1) * window.stride();
    }

    /** Gives a node the attributes of two windows. */
    static OnnxNode windows(OnnxNode node, Window vertical, Window horizontal) {
        return node.integers("kernel_shape", vertical.size(), horizontal.size())
                .integers("strides", vertical.stride(), horizontal.stride())
                .integers("dilations", vertical.dilation(), horizontal.dilation())
                .integers("pads", vertical.before(), horizontal.before(), vertical.after(), horizontal.after());
    }
}
