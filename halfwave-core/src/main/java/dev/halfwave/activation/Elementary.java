package dev.halfwave.activation;

/**
 * The functions of formulas in double precision.
 *
 * <p>Those that kernels take from here, rounded to float, come from {@link StrictMath}, whose results are the same
 * everywhere; {@link Math} may differ from one CPU to the next in the last bit of a double.
 */
final class Elementary {
    /** From here on √(a² ± 1) is a, and a² may overflow. */
    private static final double HUGE = 0x1p28;

    private static final double LN2 = StrictMath.log(2);

    private Elementary() {}

    /** f(a). */
    static double at(Formula.Function function, double a) {
        return switch (function) {
            case NEGATE -> -a;
            case ABS -> Math.abs(a);
            case EXP -> Math.exp(a);
            case EXPM1 -> Math.expm1(a);
            case LOG1P -> Math.log1p(a);
            case TANH -> Math.tanh(a);
            case SIGMOID -> 1 / (1 + Math.exp(-a));
            case SQRT -> Math.sqrt(a);
            case LOG -> StrictMath.log(a);
            case ERF -> ErrorFunction.erf(a);
            case FLOOR -> Math.floor(a);
            case CEIL -> Math.ceil(a);
            case ROUND -> Math.rint(a);
            case TRUNCATE -> a < 0 ? Math.ceil(a) : Math.floor(a);
            case SIGN -> Math.signum(a);
            default -> angle(function, a);
        };
    }

    private static double angle(Formula.Function function, double a) {
        return switch (function) {
            case SIN -> StrictMath.sin(a);
            case COS -> StrictMath.cos(a);
            case TAN -> StrictMath.tan(a);
            case ASIN -> StrictMath.asin(a);
            case ACOS -> StrictMath.acos(a);
            case ATAN -> StrictMath.atan(a);
            case SINH -> StrictMath.sinh(a);
            case COSH -> StrictMath.cosh(a);
            case ASINH -> Math.copySign(asinh(Math.abs(a)), a);
            case ACOSH -> acosh(a);
            case ATANH -> Math.copySign(atanh(Math.abs(a)), a);
            default -> throw new AssertionError(function);
        };
    }

    /** For a from 0 on; ln(a + √(a² + 1)) without a loss near 0. */
    private static double asinh(double a) {
        return a > HUGE ? StrictMath.log(a) + LN2 : StrictMath.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
    }

    /** ln(a + √(a² − 1)) without a loss near 1. */
    private static double acosh(double a) {
        if (a < 1) {
            return Double.NaN;
        }
        double t = a - 1;
        return a > HUGE ? StrictMath.log(a) + LN2 : StrictMath.log1p(t + Math.sqrt(2 * t + t * t));
    }

    /** For a from 0 on; ln((1 + a) / (1 − a)) / 2 without a loss near 0. */
    private static double atanh(double a) {
        return a > 1 ? Double.NaN : StrictMath.log1p(2 * a / (1 - a)) / 2;
    }
}
