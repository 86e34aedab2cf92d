package dev.halfwave.kernel.scalar;

import dev.halfwave.activation.Formula;
import dev.halfwave.kernel.BlockMath;

/** The loops that activations are made of in plain Java, one element after another. */
public final class ScalarBlockMath implements BlockMath {
    @Override
    public void rectify(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Math.max(x[xo + i], 0);
        }
    }

    @Override
    public void bend(float[] x, int xo, float negative, float positive, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = (v > 0 ? positive : negative) * v;
        }
    }

    @Override
    public void gate(float[] dy, int dyo, float[] v, int vo, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i++) {
            dx[dxo + i] = v[vo + i] > 0 ? dy[dyo + i] : 0;
        }
    }

    @Override
    public void gate(
            float[] dy, int dyo, float[] v, int vo, float negative, float positive, float[] dx, int dxo, int n) {
        for (int i = 0; i < n; i++) {
            dx[dxo + i] = (v[vo + i] > 0 ? positive : negative) * dy[dyo + i];
        }
    }

    @Override
    public Unary apply(Formula.Function function) {
        return (a, ao, out, oo, n, spare, so) -> {
            for (int i = 0; i < n; i++) {
                out[oo + i] = apply(function, a[ao + i]);
            }
        };
    }

    /** f(a). */
    public static float apply(Formula.Function function, float a) {
        return switch (function) {
            case NEGATE -> -a;
            case ABS -> Math.abs(a);
            case EXP -> Exponential.exp(a);
            case EXPM1 -> Exponential.expm1(a);
            case LOG1P -> Logarithm.log1p(a);
            case TANH -> Saturating.tanh(a);
            case SIGMOID -> Saturating.sigmoid(a);
            case LOG -> Logarithm.log(a);
            case ERF -> ErrorFunction.erf(a);
            case ATAN -> Arctangent.atan(a);
            default -> (float) function.at(a); // whole numbers, roots, angles: exact, or rounded from a double
        };
    }

    @Override
    public Binary combine(Formula.Operator operator) {
        return (a, ao, b, bo, out, oo, n) -> {
            for (int i = 0; i < n; i++) {
                out[oo + i] = combine(operator, a[ao + i], b[bo + i]);
            }
        };
    }

    @Override
    public WithNumber combineRight(Formula.Operator operator) {
        return (a, ao, number, out, oo, n) -> {
            for (int i = 0; i < n; i++) {
                out[oo + i] = combine(operator, a[ao + i], number);
            }
        };
    }

    @Override
    public WithNumber combineLeft(Formula.Operator operator) {
        return (a, ao, number, out, oo, n) -> {
            for (int i = 0; i < n; i++) {
                out[oo + i] = combine(operator, number, a[ao + i]);
            }
        };
    }

    /** a ∘ b. */
    public static float combine(Formula.Operator operator, float a, float b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
            case POWER -> (float) operator.at(a, b);
        };
    }

    @Override
    public void select(
            float[] test,
            int to,
            float[] positive,
            int po,
            float[] otherwise,
            int otherwiseO,
            float[] out,
            int oo,
            int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] = test[to + i] > 0 ? positive[po + i] : otherwise[otherwiseO + i];
        }
    }
}
