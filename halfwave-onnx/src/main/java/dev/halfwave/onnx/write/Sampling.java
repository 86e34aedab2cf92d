package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.op.Resample;
import dev.halfwave.op.Scatter;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Taps;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Weighted sums along an axis, as products with a dense matrix. */
final class Sampling {
    private Sampling() {}

    static void resample(Resample op, Node node, Writing out) {
        along(op.axis(), op.taps(), node, out);
    }

    static void scatter(Scatter op, Node node, Writing out) {
        along(op.axis(), Taps.of(op.size(), op.indices()).transposed(), node, out);
    }

    private static void along(int coreAxis, Taps taps, Node node, Writing out) {
        Layout layout = out.common(node.inputs());
        String x = out.read(node.input(0), layout);
        int axis = Axes.axis(coreAxis, node, layout);
        int rank = node.input(0).shape().rank();
        out.add(node, sums(x, axis, rank, taps, node.name(), out), node.output(), layout);
    }

    private static OnnxNode sums(String x, int axis, int rank, Taps taps, String stem, Writing out) {
        if (axis == rank - 1) {
            return OnnxNode.of("MatMul", x, matrix(taps.transposed(), stem, out));
        }
        if (axis == rank - 2) {
            return OnnxNode.of("MatMul", matrix(taps, stem, out), x);
        }
        if (axis == 1 && rank == 4) { // channels of images, for which a product would need two transposes
            Shape filters = Shape.of(taps.outputs(), taps.inputs(), 1, 1);
            return OnnxNode.of("Conv", x, add(taps, filters, stem, out));
        }
        List<Integer> swapped = new ArrayList<>(Layout.AS_IS.order(rank));
        Collections.swap(swapped, axis, rank - 2);
        String rows = out.step(stem + ".rows", OnnxNode.of("Transpose", x).integers("perm", swapped));
        String sums = out.step(stem + ".sums", OnnxNode.of("MatMul", matrix(taps, stem, out), rows));
        return OnnxNode.of("Transpose", sums).integers("perm", swapped);
    }

    /** The matrix {@code [outputs, inputs]}. */
    private static String matrix(Taps taps, String stem, Writing out) {
        return add(taps, Shape.of(taps.outputs(), taps.inputs()), stem, out);
    }

    private static String add(Taps taps, Shape shape, String stem, Writing out) {
        Tensor matrix = Tensor.zeros(shape);
        for (int output = 0; output < taps.outputs(); output++) {
            for (int tap = taps.start(output); tap < taps.start(output + 1); tap++) {
                matrix.data()[output * taps.inputs() + taps.index(tap)] += (float) taps.weight(tap);
            }
        }
        return out.initializers().add(stem + ".matrix", matrix);
    }
}
