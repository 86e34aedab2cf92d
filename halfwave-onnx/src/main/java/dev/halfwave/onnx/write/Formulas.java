package dev.halfwave.onnx.write;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Binary;
import dev.halfwave.activation.Formula.Constant;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.activation.Formula.Operator;
import dev.halfwave.activation.Formula.Select;
import dev.halfwave.activation.Formula.Unary;
import dev.halfwave.activation.Formula.X;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import java.util.HashMap;
import java.util.Map;

/** A formula of x as elementwise ONNX nodes; what occurs in it twice is computed once. */
final class Formulas {
    private final Writing out;
    private final String stem;
    private final Map<Formula, String> known = new HashMap<>();

    /**
     * Formulas of one tensor.
     *
     * @param stem what names of intermediate tensors start with
     * @param x the tensor's name
     */
    Formulas(Writing out, String stem, String x) {
        this.out = out;
        this.stem = stem;
        known.put(new X(), x);
    }

    /** Adds the nodes that compute a value of the graph. */
    void write(Formula formula, Node node, Value y, Layout layout) {
        out.add(node, node(formula), y, layout);
    }

    private String tensor(Formula formula) {
        String before = known.get(formula);
        if (before != null) {
            return before;
        }
        String made = formula instanceof Constant constant
                ? out.initializers().scalar(constant.value())
                : out.step(stem + ".part", node(formula));
        known.put(formula, made);
        return made;
    }

    /** The node whose output is the formula's value. */
    private OnnxNode node(Formula formula) {
        if (formula instanceof Unary unary) {
            return unary(unary.function(), tensor(unary.operand()));
        }
        if (formula instanceof Binary binary) {
            return OnnxNode.of(operator(binary.operator()), tensor(binary.left()), tensor(binary.right()));
        }
        if (formula instanceof Select select) {
            String test = step("Greater", tensor(select.test()), tensor(Formula.constant(0)));
            return OnnxNode.of("Where", test, tensor(select.positive()), tensor(select.otherwise()));
        }
        if (formula instanceof Constant) {
            return OnnxNode.of("Expand", tensor(formula), step("Shape", tensor(new X())));
        }
        return OnnxNode.of("Identity", tensor(formula));
    }

    private String step(String operator, String... inputs) {
        return out.step(stem + ".part", OnnxNode.of(operator, inputs));
    }

    private OnnxNode unary(Function function, String a) {
        return switch (function) {
            case NEGATE -> OnnxNode.of("Neg", a);
            case EXPM1 -> OnnxNode.of("Sub", step("Exp", a), out.initializers().scalar(1));
            case LOG1P -> OnnxNode.of("Log", step("Add", a, out.initializers().scalar(1)));
            case TRUNCATE -> OnnxNode.of("Mul", step("Sign", a), step("Floor", step("Abs", a)));
            default -> OnnxNode.of(title(function.name()), a);
        };
    }

    private static String operator(Operator operator) {
        return switch (operator) {
            case SUBTRACT -> "Sub";
            case MULTIPLY -> "Mul";
            case DIVIDE -> "Div";
            case POWER -> "Pow";
            default -> title(operator.name());
        };
    }

    /** As operators are spelt that have the same name in ONNX. */
    private static String title(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
