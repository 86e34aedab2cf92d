package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BatchedMatMul;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matrix products. */
final class Products {
    private Products() {}

    static void matrices(MatMul op, Node node, Writing out) {
        Layout rows = out.first(node.input(0));
        boolean flattened = rows.isFlattened() && takesFlattened(node, out);
        String a = out.read(node.input(0), flattened ? rows : Layout.AS_IS);
        String b = flattened ? weights(op, node.input(1), rows, out) : out.read(node.input(1), Layout.AS_IS);
        Value bias = out.fusion().bias(node);
        Value y = out.fusion().result(node);
        Pointwise.finish(out, node, product(op, a, b, bias, out), op.activation(), y, Layout.AS_IS);
    }

    static void batched(BatchedMatMul op, Node node, Writing out) {
        String a = turned(node.input(0), op.transposeA(), out);
        String b = turned(node.input(1), op.transposeB(), out);
        out.add(node, OnnxNode.of("MatMul", a, b), node.output(), Layout.AS_IS);
    }

    private static String turned(Value matrices, boolean transposed, Writing out) {
        if (!transposed) {
            return out.read(matrices, Layout.AS_IS);
        }
        int rank = matrices.shape().rank();
        Integer[] order = new Integer[rank];
        Arrays.setAll(order, axis -> axis < rank - 2 ? axis : 2 * rank - 3 - axis);
        return out.permuted(matrices, order);
    }

    private static OnnxNode product(MatMul op, String a, String b, @Nullable Value bias, Writing out) {
        if (bias == null && !op.transposeA() && !op.transposeB()) {
            return OnnxNode.of("MatMul", a, b);
        }
        OnnxNode gemm = OnnxNode.of("Gemm", a, b);
        if (bias != null) {
            gemm.input(out.read(bias, Layout.AS_IS));
        }
        return gemm.integer("transA", op.transposeA() ? 1 : 0).integer("transB", op.transposeB() ? 1 : 0);
    }

    /** Whether a product can read its first input as channels-first rows, its weights being put in that order. */
    static boolean takesFlattened(Node node, Writing out) {
        return node.op() instanceof MatMul op
                && !op.transposeA()
                && !out.isLasting(node.input(0))
                && out.isLasting(node.input(1))
                && node.input(0) != node.input(1);
    }

    private static String weights(MatMul op, Value weights, Layout rows, Writing out) {
        int h = rows.image().get(0);
        int w = rows.image().get(1);
        int c = rows.image().get(2);
        Shape shape = weights.shape();
        Form form = op.transposeB()
                ? Form.permuted(Shape.of(shape.size(0), h, w, c), List.of(0, 3, 1, 2))
                : Form.permuted(Shape.of(h, w, c, shape.size(1)), List.of(2, 0, 1, 3));
        return out.initializers().weight(weights, form.then(shape));
    }
}
