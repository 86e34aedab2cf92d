package dev.halfwave.op;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;

/** The derivatives of the functions that formulas are made of, from y where that saves work. */
final class Derivatives {
    private static final Formula X = Formula.x();
    private static final Formula Y = Formula.y();
    private static final Formula ONE = Formula.constant(1);

    private Derivatives() {}

    /** f′; 0 for functions made of steps, whose slope says nothing. */
    static Formula of(Function function) {
        return switch (function) {
            case NEGATE -> Formula.constant(-1);
            case ABS -> X.apply(Function.SIGN);
            case EXP -> Y;
            case EXPM1 -> Y.plus(1);
            case LOG1P -> ONE.over(X.plus(1));
            case TANH -> ONE.minus(Y.times(Y));
            case SIGMOID -> Y.times(ONE.minus(Y));
            case SQRT -> Formula.constant(0.5).over(Y);
            case LOG -> ONE.over(X);
            case ERF -> X.times(X).apply(Function.NEGATE).apply(Function.EXP).times(2 / Math.sqrt(Math.PI));
            case FLOOR, CEIL, ROUND, TRUNCATE, SIGN -> Formula.constant(0);
            case SIN -> X.apply(Function.COS);
            case COS -> X.apply(Function.SIN).apply(Function.NEGATE);
            case TAN -> Y.times(Y).plus(1);
            case ASIN -> ONE.over(ONE.minus(X).times(X.plus(1)).apply(Function.SQRT));
            case ACOS -> Formula.constant(-1).over(ONE.minus(X).times(X.plus(1)).apply(Function.SQRT));
            case ATAN -> ONE.over(X.times(X).plus(1));
            case SINH -> X.apply(Function.COSH);
            case COSH -> X.apply(Function.SINH);
            case ASINH -> ONE.over(X.times(X).plus(1).apply(Function.SQRT));
            case ACOSH -> ONE.over(X.minus(1).times(X.plus(1)).apply(Function.SQRT));
            case ATANH -> ONE.over(ONE.minus(X).times(X.plus(1)));
        };
    }
}
