package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gradients of {@link Binary}, in the shape of its result. */
final class BinaryGradient {
    private final GraphBuilder g;
    private final Value a;
    private final Value b;
    private final Value y;
    private final Value dy;

    private BinaryGradient(GraphBuilder g, Node node, Value dy) {
        this.g = g;
        this.a = node.input(0);
        this.b = node.input(1);
        this.y = node.output();
        this.dy = dy;
    }

    /** One gradient for each operand, null where none flows; a list that can be changed. */
    static List<@Nullable Value> of(BinaryFunction function, GraphBuilder g, Node node, Value dy) {
        BinaryGradient of = new BinaryGradient(g, node, dy);
        return switch (function) {
            case ADD -> Arrays.asList(dy, dy);
            case SUBTRACT -> Arrays.asList(dy, of.negative(dy));
            case MULTIPLY -> Arrays.asList(of.multiply(dy, of.b), of.multiply(dy, of.a));
            case DIVIDE -> of.quotient();
            case MAX -> of.chosen(BinaryFunction.GREATER_OR_EQUAL, BinaryFunction.LESS);
            case MIN -> of.chosen(BinaryFunction.LESS_OR_EQUAL, BinaryFunction.GREATER);
            case POWER -> of.power();
            case MODULO, REMAINDER -> of.rest();
            case EQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL, AND, OR, XOR, TRUNCATED_DIVIDE ->
                Arrays.asList(null, null);
        };
    }

    /** {@code dy / b} and {@code −y · dy / b}. */
    private List<@Nullable Value> quotient() {
        Value da = apply(BinaryFunction.DIVIDE, dy, b);
        return Arrays.asList(da, negative(multiply(da, y)));
    }

    /** dy where a is taken and where b is. */
    private List<@Nullable Value> chosen(BinaryFunction takesA, BinaryFunction takesB) {
        Value zero = number(0);
        return Arrays.asList(
                g.add(new Where(), apply(takesA, a, b), dy, zero), g.add(new Where(), apply(takesB, a, b), dy, zero));
    }

    /** {@code b · aᵇ⁻¹ · dy} and {@code ln a · aᵇ · dy}. */
    private List<@Nullable Value> power() {
        Value lower = apply(BinaryFunction.POWER, a, apply(BinaryFunction.SUBTRACT, b, number(1)));
        return Arrays.asList(multiply(dy, multiply(b, lower)), g.add(new PowerGradient(), dy, a, y));
    }

    /** dy, and {@code (y − a) / b · dy}, since a − y is a multiple of b. */
    private List<@Nullable Value> rest() {
        Value times = apply(BinaryFunction.DIVIDE, apply(BinaryFunction.SUBTRACT, y, a), b);
        return Arrays.asList(dy, multiply(dy, times));
    }

    private Value negative(Value value) {
        return multiply(value, number(-1));
    }

    private Value multiply(Value left, Value right) {
        return apply(BinaryFunction.MULTIPLY, left, right);
    }

    private Value apply(BinaryFunction function, Value left, Value right) {
        return g.add(new Binary(function), left, right);
    }

    private Value number(float number) {
        return g.constant(Tensor.full(Shape.of(), number));
    }
}
