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
        SIGMOID,
        /** The square root; not a number below 0. */
        SQRT,
        /** The natural logarithm; not a number below 0. */
        LOG,
        /** The error function, 2/√π · ∫₀ᵃ e^−t² dt. */
        ERF,
        /** The largest whole number that is not above a. */
        FLOOR,
        /** The smallest whole number that is not below a. */
        CEIL,
        /** The nearest whole number, the even one of two that are equally near. */
        ROUND,
        /** a without its fraction. */
        TRUNCATE,
        /** −1, 0 or 1; zeros keep their sign. */
        SIGN,
        /** The sine of an angle in radians. */
        SIN,
        /** The cosine of an angle in radians. */
        COS,
        /** The tangent of an angle in radians. */
        TAN,
        /** The angle from −π/2 to π/2 whose sine is a; not a number outside [−1, 1]. */
        ASIN,
        /** The angle from 0 to π whose cosine is a; not a number outside [−1, 1]. */
        ACOS,
        /** The angle from −π/2 to π/2 whose tangent is a. */
        ATAN,
        /** (eᵃ − e⁻ᵃ) / 2. */
        SINH,
        /** (eᵃ + e⁻ᵃ) / 2. */
        COSH,
        /** The inverse of SINH. */
        ASINH,
        /** The inverse of COSH from 1 on; not a number below 1. */
        ACOSH,
        /** The inverse of TANH; not a number outside [−1, 1]. */
        ATANH;

        /** The value in double precision. */
        public double at(double a) {
            return Elementary.at(this, a);
        }
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
        MIN,
        /** a to the power of b, with the special cases of {@link Math#pow}. */
        POWER;

        /** The value in double precision. */
        public double at(double a, double b) {
            return switch (this) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> a / b;
                case MAX -> Math.max(a, b);
                case MIN -> Math.min(a, b);
                case POWER -> StrictMath.pow(a, b);
            };
        }
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

    /** 0, but not a number where x is not. */
    static Formula zero() {
        return x().max(0).min(0);
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

    /** This − number. */
    default Formula minus(double number) {
        return minus(constant(number));
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

    /** This / number. */
    default Formula over(double number) {
        return over(constant(number));
    }

    /** This to a power. */
    default Formula power(Formula exponent) {
        return new Binary(Operator.POWER, this, exponent);
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

    /** As people write it, with four digits: {@code max(0, x)}, {@code x if x > 0, else 0.01 · x}. */
    default String text() {
        return FormulaText.of(this);
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
            return unary.function.at(unary.operand.at(x, y));
        }
        if (this instanceof Binary binary) {
            return binary.operator.at(binary.left.at(x, y), binary.right.at(x, y));
        }
        Select select = (Select) this;
        return select.test.at(x, y) > 0 ? select.positive.at(x, y) : select.otherwise.at(x, y);
    }
}
