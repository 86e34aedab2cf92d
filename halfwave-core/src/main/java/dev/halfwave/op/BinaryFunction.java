package dev.halfwave.op;

import dev.halfwave.activation.Formula;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** A function of two numbers. Conditions give 1 for true and 0 for false, and take anything but 0 for true. */
public enum BinaryFunction {
    /** a + b. */
    ADD(Formula.Operator.ADD, Double::sum),
    /** a − b. */
    SUBTRACT(Formula.Operator.SUBTRACT, (a, b) -> a - b),
    /** a · b. */
    MULTIPLY(Formula.Operator.MULTIPLY, (a, b) -> a * b),
    /** a / b, as IEEE 754 has it: of zeros it is not a number, of anything else by zero infinite. */
    DIVIDE(Formula.Operator.DIVIDE, (a, b) -> a / b),
    /** The larger one; not a number if either is not. */
    MAX(Formula.Operator.MAX, Math::max),
    /** The smaller one; not a number if either is not. */
    MIN(Formula.Operator.MIN, Math::min),
    /** aᵇ, as {@link Math#pow} has it. */
    POWER(Math::pow),
    /** a = b. */
    EQUAL((a, b) -> truth(a == b)),
    /** a < b. */
    LESS((a, b) -> truth(a < b)),
    /** a > b. */
    GREATER((a, b) -> truth(a > b)),
    /** a ≤ b. */
    LESS_OR_EQUAL((a, b) -> truth(a <= b)),
    /** a ≥ b. */
    GREATER_OR_EQUAL((a, b) -> truth(a >= b)),
    /** Both are true. */
    AND((a, b) -> truth(a != 0 && b != 0)),
    /** At least one is true. */
    OR((a, b) -> truth(a != 0 || b != 0)),
    /** Exactly one is true. */
    XOR((a, b) -> truth((a != 0) != (b != 0))),
    /** What is left of a after subtracting multiples of b, with the sign of b: a − ⌊a / b⌋ · b. */
    MODULO(BinaryFunction::modulo),
    /** What is left of a after subtracting multiples of b, with the sign of a, as C's {@code fmod} has it. */
    REMAINDER((a, b) -> a % b),
    /** a / b without its fraction, as integers are divided; by zero as {@link #DIVIDE}. */
    TRUNCATED_DIVIDE(BinaryFunction::truncatedDivide);

    private final Formula.@Nullable Operator operator;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final DoubleBinaryOperator definition;

    BinaryFunction(DoubleBinaryOperator definition) {
        this(null, definition);
    }

    BinaryFunction(Formula.@Nullable Operator operator, DoubleBinaryOperator definition) {
        this.operator = operator;
        this.definition = definition;
    }

    private static double truth(boolean condition) {
        return condition ? 1 : 0;
    }

    private static double modulo(double a, double b) {
        double rest = a % b;
        return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }

    private static double truncatedDivide(double a, double b) {
        double quotient = a / b;
        return quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient);
    }

    /** What it comes to in double precision. */
    public double at(double a, double b) {
        return definition.applyAsDouble(a, b);
    }

    /** The operator of formulas that computes the same, where there is one. */
    Optional<Formula.Operator> operator() {
        return Optional.ofNullable(operator);
    }
}
