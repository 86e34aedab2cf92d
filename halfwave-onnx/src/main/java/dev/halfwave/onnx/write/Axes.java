package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Embed;
import dev.halfwave.op.LogSoftmax;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Softmax;
import dev.halfwave.op.Take;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Ops along one axis, in whatever layout their inputs have. */
final class Axes {
    private Axes() {}

    static void concat(Concat op, Node node, Writing out) {
        Layout layout = out.common(node.inputs());
        List<String> inputs =
                node.inputs().stream().map(input -> out.read(input, layout)).toList();
        OnnxNode concat = OnnxNode.of("Concat", inputs).integer("axis", axis(op.axis(), node, layout));
        out.add(node, concat, node.output(), layout);
    }

    static void slice(Slice op, Node node, Writing out) {
        Layout layout = out.common(node.inputs());
        Initializers numbers = out.initializers();
        OnnxNode slice = OnnxNode.of(
                "Slice",
                out.read(node.input(0), layout),
                numbers.integers(List.of(op.start())),
                numbers.integers(List.of(op.start() + op.size())),
                numbers.integers(List.of(axis(op.axis(), node, layout))));
        out.add(node, slice, node.output(), layout);
    }

    static void embed(Embed op, Node node, Writing out) {
        Value x = node.input(0);
        Layout layout = out.common(node.inputs());
        int axis = axis(op.axis(), node, layout);
        int rank = x.shape().rank();
        List<Integer> pads = new ArrayList<>(Collections.nCopies(2 * rank, 0));
        pads.set(axis, op.start());
        pads.set(rank + axis, op.total() - op.start() - x.shape().size(op.axis()));
        OnnxNode pad =
                OnnxNode.of("Pad", out.read(x, layout), out.initializers().integers(pads));
        if (isPooled(node, out)) {
            pad.input(out.initializers().scalar(-0.0));
        }
        out.add(node, pad, node.output(), layout);
    }

    /**
     * Whether a pool follows. ONNX Runtime takes padding with 0 over into it, where it would be left out of maxima and
     * averages; padding with −0 it leaves alone.
     */
    private static boolean isPooled(Node node, Writing out) {
        return out.fusion().users(node.output()).stream()
                .anyMatch(user -> user.op() instanceof MaxPool2d || user.op() instanceof AvgPool2d);
    }

    static void softmax(Softmax op, Node node, Writing out) {
        alongChannels("Softmax", node, out);
    }

    static void logSoftmax(LogSoftmax op, Node node, Writing out) {
        alongChannels("LogSoftmax", node, out);
    }

    static void take(Take op, Node node, Writing out) {
        Layout layout = out.common(node.inputs());
        List<Integer> indices = Arrays.stream(op.indices().toArray()).boxed().toList();
        OnnxNode gather = OnnxNode.of(
                "Gather", out.read(node.input(0), layout), out.initializers().integers(indices));
        out.add(node, gather.integer("axis", axis(op.axis(), node, layout)), node.output(), layout);
    }

    private static void alongChannels(String operator, Node node, Writing out) {
        Layout layout = out.common(node.inputs());
        OnnxNode rows = OnnxNode.of(operator, out.read(node.input(0), layout));
        out.add(node, rows.integer("axis", axis(-1, node, layout)), node.output(), layout);
    }

    /** Where an axis of the first input stands. */
    static int axis(int axis, Node node, Layout layout) {
        int rank = node.input(0).shape().rank();
        return layout.axis(node.input(0).shape().resolve(axis), rank);
    }
}
