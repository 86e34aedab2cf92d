package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.ArgMax;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Ops that make axes vanish. */
final class Reductions {
    private static final int FLOAT = 1;

    private Reductions() {}

    static void reduce(Reduce op, Node node, Writing out) {
        Value x = node.input(0);
        if (op.axes().isEmpty()) {
            Layout same = out.first(x);
            out.add(node, OnnxNode.of("Identity", out.read(x, same)), node.output(), same);
            return;
        }
        Layout layout = layout(x, op.axes(), op.keepDims(), out);
        List<Integer> axes =
                op.axes().stream().map(axis -> Axes.axis(axis, node, layout)).toList();
        OnnxNode reduce = OnnxNode.of(operator(op.reduction()), out.read(x, layout));
        if (op.reduction() == Reduction.SUM) {
            reduce.input(out.initializers().integers(axes));
        } else {
            reduce.integers("axes", axes);
        }
        reduce.integer("keepdims", op.keepDims() ? 1 : 0);
        out.add(node, reduce, node.output(), op.keepDims() ? layout : Layout.AS_IS);
    }

    private static String operator(Reduction reduction) {
        return switch (reduction) {
            case SUM -> "ReduceSum";
            case MEAN -> "ReduceMean";
            case MAX -> "ReduceMax";
            case MIN -> "ReduceMin";
            case PRODUCT -> "ReduceProd";
        };
    }

    static void argMax(ArgMax op, Node node, Writing out) {
        Value x = node.input(0);
        Layout layout = layout(x, List.of(op.axis()), op.keepDims(), out);
        OnnxNode search = OnnxNode.of(op.smallest() ? "ArgMin" : "ArgMax", out.read(x, layout))
                .integer("axis", Axes.axis(op.axis(), node, layout))
                .integer("keepdims", op.keepDims() ? 1 : 0)
                .integer("select_last_index", op.last() ? 1 : 0);
        OnnxNode number =
                OnnxNode.of("Cast", out.step(node.name() + ".index", search)).integer("to", FLOAT);
        out.add(node, number, node.output(), op.keepDims() ? layout : Layout.AS_IS);
    }

    /** The layout to start from, such that what is left of the axes stands as in core. */
    private static Layout layout(Value x, List<Integer> axes, boolean keepDims, Writing out) {
        Layout layout = out.common(List.of(x));
        if (keepDims) {
            return layout;
        }
        Shape shape = x.shape();
        List<Integer> left = new ArrayList<>(layout.order(shape.rank()));
        left.removeAll(axes.stream().map(shape::resolve).toList());
        return left.equals(left.stream().sorted().toList()) ? layout : Layout.AS_IS;
    }
}
