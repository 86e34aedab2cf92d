package dev.halfwave.activation;

/**
 * A function of one variable as an expression: what an activation computes, written once for every kernel.
 *
 * <p>The variable is {@link X}, the function's input; derivatives may use {@link Y}, the function's output, instead.
 */
public sealed interface Formula {

    /** The input x. */
    record X() implements Formula {}

    /** The output y = f(x); only derivatives use it. */
    record Y() implements Formula {}

    /** A number. */
    record Constant(double value) implements Formula {}

    /** A function of one operand. */
    record Unary(Function function, Formula operand) implements Formula {}

    /** An operator between two operands. */
    record Binary(Operator operator, Formula left, Formula right) implements Formula {}

    /** {@code positive} where {@code test > 0}, {@code otherwise} elsewhere, also where the test is not a number. */
    record Select(Formula test, Formula positive, Formula otherwise) implements Formula {}

    /** The functions of one operand that every kernel provider implements. */
    enum Function {
        /** −a. */
        NEGATE,
        /** |a|. */
        ABS,
        /** eᵃ. */
        EXP,
        /** eᵃ − 1, accurate near 0. */
        EXPM1,
        /** ln(1 + a), accurate near 0. */
        LOG1P,
        /** The hyperbolic tangent. */
        TANH,
        /** 1 / (1 + e⁻ᵃ). */
        SIGMOID
    }

    /** The operators that every kernel provider implements. */
    enum Operator {
        /** a + b. */
        ADD,
        /** a − b. */
        SUBTRACT,
        /** a · b. */
        MULTIPLY,
        /** a / b. */
        DIVIDE,
        /** The larger operand; not a number if either is not. */
        MAX,
        /** The smaller operand; not a number if either is not. */
        MIN
    }

    /** The input x. */
    static Formula x() {
        return new X();
    }

    /** The output y. */
    static Formula y() {
        return new Y();
    }

    /** A number. */
    static Formula constant(double value) {
        return new Constant(value);
    }

    /** {@code positive} where {@code test > 0}, else {@code otherwise}. */
    static Formula select(Formula test, Formula positive, Formula otherwise) {
        return new Select(test, positive, otherwise);
    }

    /** This formula under a function. */
    default Formula apply(Function function) {
        return new Unary(function, this);
    }

    /** This + other. */
    default Formula plus(Formula other) {
        return new Binary(Operator.ADD, this, other);
    }

    /** This + number. */
    default Formula plus(double number) {
        return plus(constant(number));
    }

    /** This − other. */
    default Formula minus(Formula other) {
        return new Binary(Operator.SUBTRACT, this, other);
    }

    /** This · other. */
    default Formula times(Formula other) {
        return new Binary(Operator.MULTIPLY, this, other);
    }

    /** This · number. */
    default Formula times(double number) {
        return times(constant(number));
    }

    /** This / other. */
    default Formula over(Formula other) {
        return new Binary(Operator.DIVIDE, this, other);
    }

    /** The larger of this and the number. */
    default Formula max(double number) {
        return new Binary(Operator.MAX, this, constant(number));
    }

    /** The smaller of this and the number. */
    default Formula min(double number) {
        return new Binary(Operator.MIN, this, constant(number));
    }

    /** Whether the input occurs in this formula. */
    default boolean mentionsX() {
        return mentions(X.class);
    }

    /** Whether the output occurs in this formula. */
    default boolean mentionsY() {
        return mentions(Y.class);
    }

    private boolean mentions(Class<? extends Formula> variable) {
        if (this instanceof Unary unary) {
            return unary.operand.mentions(variable);
        }
        if (this instanceof Binary binary) {
            return binary.left.mentions(variable) || binary.right.mentions(variable);
        }
        if (this instanceof Select select) {
            return select.test.mentions(variable)
                    || select.positive.mentions(variable)
                    || select.otherwise.mentions(variable);
        }
        return variable.isInstance(this);
    }

    /** The value in double precision, given the input and the output. */
    default double at(double x, double y) {
        if (this instanceof X) {
            return x;
        }
        if (this instanceof Y) {
            return y;
        }
        if (this instanceof Constant constant) {
            return constant.value;
        }
        if (this instanceof Unary unary) {
            return evaluate(unary.function, unary.operand.at(x, y));
        }
        if (this instanceof Binary binary) {
            return evaluate(binary.operator, binary.left.at(x, y), binary.right.at(x, y));
        }
        Select select = (Select) this;
        return select.test.at(x, y) > 0 ? select.positive.at(x, y) : select.otherwise.at(x, y);
    }

    private static double evaluate(Function function, double a) {
        return switch (function) {
            case NEGATE -> -a;
            case ABS -> Math.abs(a);
            case EXP -> Math.exp(a);
            case EXPM1 -> Math.expm1(a);
            case LOG1P -> Math.log1p(a);
            case TANH -> Math.tanh(a);
            case SIGMOID -> 1 / (1 + Math.exp(-a));
        };
    }

    private static double evaluate(Operator operator, double a, double b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }
}
