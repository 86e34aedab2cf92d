package dev.halfwave.op;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Applies a function that is no activation to every element, such as a square root; the output has the input's shape.
 *
 * <p>{@code y = f(x)}, {@code dx = dy · f′}. For instance {@code Apply.of(Function.SQRT)}, or, with formulas of one's
 * own, {@code new Apply("cube", x.times(x).times(x), x.times(x).times(3))}.
 *
 * @param name the stem of its nodes' names
 * @param value f, a formula of x
 * @param derivative f′, a formula of x alone or of y alone; the number 0 for functions made of steps
 */
public record Apply(String name, Formula value, Formula derivative) implements Op {
    /** @throws IllegalArgumentException if the value mentions y, or the derivative both x and y */
    public Apply {
        if (value.mentionsY()) {
            throw new IllegalArgumentException(
                    name + ": expected a value that is a formula of x, received one of y; y is the value itself");
        }
        if (derivative.mentionsX() && derivative.mentionsY()) {
            throw new IllegalArgumentException(name + ": expected a derivative that is a formula of x alone or of y"
                    + " alone, received one of both; write it in terms of x");
        }
    }

    /** One of the functions that formulas are made of, under its name in lower case, with its derivative. */
    public static Apply of(Function function) {
        String name = function.name().toLowerCase(Locale.ROOT);
        return new Apply(name, Formula.x().apply(function), Derivatives.of(function));
    }

    /** {@code y = 1/x}. */
    public static Apply reciprocal() {
        Formula y = Formula.y();
        return new Apply(
                "reciprocal", Formula.constant(1).over(Formula.x()), y.times(y).apply(Function.NEGATE));
    }

    /** {@code y = x} to the power of a number, as {@link Math#pow} defines it. */
    public static Apply power(double exponent) {
        Formula x = Formula.x();
        Formula derivative = exponent == 0
                ? Formula.constant(0)
                : x.power(Formula.constant(exponent - 1)).times(exponent);
        return new Apply("power", x.power(Formula.constant(exponent)), derivative);
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        return inputs;
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        return Pointwise.value(value, inputs.get(0));
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value v = derivative.mentionsX() ? node.input(0) : node.output();
        return Arrays.asList(g.add(new ApplyGradient(name, derivative), dy, v));
    }

    @Override
    public Step lower(Lowering lowering) {
        return Pointwise.value(lowering, lowering.kernels().pointwise().value(value));
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
