package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Where;
import java.util.List;

/** Ops on several tensors that are repeated to one shape. ONNX has truth values where core has 1 and 0. */
final class Pairs {
    private static final int FLOAT = 1;
    private static final int TRUTH = 9;

    private Pairs() {}

    static void binary(Binary op, Node node, Writing out) {
        Layout layout = layout(node, out);
        List<String> inputs = inputs(node, layout, out);
        out.add(node, binary(op.function(), inputs.get(0), inputs.get(1), node, out), node.output(), layout);
    }

    private static OnnxNode binary(BinaryFunction function, String a, String b, Node node, Writing out) {
        return switch (function) {
            case ADD -> OnnxNode.of("Add", a, b);
            case SUBTRACT -> OnnxNode.of("Sub", a, b);
            case MULTIPLY -> OnnxNode.of("Mul", a, b);
            case DIVIDE -> OnnxNode.of("Div", a, b);
            case MAX -> OnnxNode.of("Max", a, b);
            case MIN -> OnnxNode.of("Min", a, b);
            case POWER -> OnnxNode.of("Pow", a, b);
            case EQUAL -> number(step("Equal", node, out, a, b));
            case LESS -> number(step("Less", node, out, a, b));
            case GREATER -> number(step("Greater", node, out, a, b));
            case LESS_OR_EQUAL -> number(step("LessOrEqual", node, out, a, b));
            case GREATER_OR_EQUAL -> number(step("GreaterOrEqual", node, out, a, b));
            case AND -> number(step("And", node, out, truth(a, node, out), truth(b, node, out)));
            case OR -> number(step("Or", node, out, truth(a, node, out), truth(b, node, out)));
            case XOR -> number(step("Xor", node, out, truth(a, node, out), truth(b, node, out)));
            case REMAINDER -> remainder(a, b);
            case MODULO -> modulo(out.step(node.name() + ".rest", remainder(a, b)), b, node, out);
            case TRUNCATED_DIVIDE -> truncated(step("Div", node, out, a, b), node, out);
        };
    }

    private static OnnxNode remainder(String a, String b) {
        return OnnxNode.of("Mod", a, b).integer("fmod", 1);
    }

    /** The remainder, plus the divisor where their signs differ. */
    private static OnnxNode modulo(String rest, String b, Node node, Writing out) {
        String signs = step("Mul", node, out, step("Sign", node, out, rest), step("Sign", node, out, b));
        String differ = step("Less", node, out, signs, out.initializers().scalar(0));
        return OnnxNode.of("Where", differ, step("Add", node, out, rest, b), rest);
    }

    private static OnnxNode truncated(String quotient, Node node, Writing out) {
        String size = step("Floor", node, out, step("Abs", node, out, quotient));
        return OnnxNode.of("Mul", step("Sign", node, out, quotient), size);
    }

    static void where(Where op, Node node, Writing out) {
        Layout layout = layout(node, out);
        List<String> inputs = inputs(node, layout, out);
        OnnxNode where = OnnxNode.of("Where", truth(inputs.get(0), node, out), inputs.get(1), inputs.get(2));
        out.add(node, where, node.output(), layout);
    }

    private static Layout layout(Node node, Writing out) {
        return out.repeated(node.inputs(), node.output().shape().rank());
    }

    private static List<String> inputs(Node node, Layout layout, Writing out) {
        int rank = node.output().shape().rank();
        return node.inputs().stream()
                .map(input -> out.repeated(input, layout, rank))
                .toList();
    }

    private static OnnxNode number(String truth) {
        return OnnxNode.of("Cast", truth).integer("to", FLOAT);
    }

    private static String truth(String number, Node node, Writing out) {
        return out.step(node.name() + ".truth", OnnxNode.of("Cast", number).integer("to", TRUTH));
    }

    private static String step(String operator, Node node, Writing out, String... inputs) {
        return out.step(node.name() + ".part", OnnxNode.of(operator, inputs));
    }
}
