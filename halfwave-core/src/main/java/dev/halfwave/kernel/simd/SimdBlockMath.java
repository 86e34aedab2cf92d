package dev.halfwave.kernel.simd;

import dev.halfwave.activation.Formula;
import dev.halfwave.kernel.BlockMath;
import dev.halfwave.kernel.scalar.ScalarBlockMath;

/** The loops that activations are made of, on vectors; angles and powers, which few networks use, in plain Java. */
final class SimdBlockMath implements BlockMath {
    private static final BlockMath PLAIN = new ScalarBlockMath();

    @Override
    public void rectify(float[] x, int xo, float[] y, int yo, int n) {
        SlopeLoops.rectify(x, xo, y, yo, n);
    }

    @Override
    public void bend(float[] x, int xo, float negative, float positive, float[] y, int yo, int n) {
        SlopeLoops.bend(x, xo, negative, positive, y, yo, n);
    }

    @Override
    public void gate(float[] dy, int dyo, float[] v, int vo, float[] dx, int dxo, int n) {
        SlopeLoops.gate(dy, dyo, v, vo, dx, dxo, n);
    }

    @Override
    public void gate(
            float[] dy, int dyo, float[] v, int vo, float negative, float positive, float[] dx, int dxo, int n) {
        SlopeLoops.gate(dy, dyo, v, vo, negative, positive, dx, dxo, n);
    }

    @Override
    public Unary apply(Formula.Function function) {
        return switch (function) {
            case NEGATE -> (a, ao, out, oo, n, spare, so) -> OperatorLoops.negate(a, ao, out, oo, n);
            case ABS -> (a, ao, out, oo, n, spare, so) -> OperatorLoops.abs(a, ao, out, oo, n);
            case EXP -> (a, ao, out, oo, n, spare, so) -> ExponentialLoops.exp(a, ao, out, oo, n);
            case EXPM1 -> (a, ao, out, oo, n, spare, so) -> ExponentialLoops.expm1(a, ao, out, oo, n);
            case LOG1P -> (a, ao, out, oo, n, spare, so) -> LogarithmLoops.log1p(a, ao, out, oo, n);
            case TANH -> SaturatingLoops.TANH;
            case SIGMOID -> SaturatingLoops.SIGMOID;
            case SQRT -> (a, ao, out, oo, n, spare, so) -> OperatorLoops.sqrt(a, ao, out, oo, n);
            case LOG -> (a, ao, out, oo, n, spare, so) -> LogarithmLoops.log(a, ao, out, oo, n);
            case ERF -> ErrorFunctionLoops.ERF;
            case FLOOR -> (a, ao, out, oo, n, spare, so) -> RoundingLoops.floor(a, ao, out, oo, n);
            case CEIL -> (a, ao, out, oo, n, spare, so) -> RoundingLoops.ceil(a, ao, out, oo, n);
            case ROUND -> (a, ao, out, oo, n, spare, so) -> RoundingLoops.round(a, ao, out, oo, n);
            case TRUNCATE -> (a, ao, out, oo, n, spare, so) -> RoundingLoops.truncate(a, ao, out, oo, n);
            case SIGN -> (a, ao, out, oo, n, spare, so) -> RoundingLoops.sign(a, ao, out, oo, n);
            case ATAN -> (a, ao, out, oo, n, spare, so) -> ArctangentLoops.atan(a, ao, out, oo, n);
            case SIN, COS, TAN, ASIN, ACOS, SINH, COSH, ASINH, ACOSH, ATANH -> PLAIN.apply(function);
        };
    }

    @Override
    public Binary combine(Formula.Operator operator) {
        return switch (operator) {
            case ADD -> OperatorLoops::add;
            case SUBTRACT -> OperatorLoops::subtract;
            case MULTIPLY -> OperatorLoops::multiply;
            case DIVIDE -> OperatorLoops::divide;
            case MAX -> OperatorLoops::max;
            case MIN -> OperatorLoops::min;
            case POWER -> PLAIN.combine(operator);
        };
    }

    @Override
    public WithNumber combineRight(Formula.Operator operator) {
        return switch (operator) {
            case ADD -> OperatorLoops::add;
            case SUBTRACT -> (a, ao, number, out, oo, n) -> OperatorLoops.add(a, ao, -number, out, oo, n);
            case MULTIPLY -> OperatorLoops::multiply;
            case DIVIDE -> OperatorLoops::divide;
            case MAX -> OperatorLoops::max;
            case MIN -> OperatorLoops::min;
            case POWER -> PLAIN.combineRight(operator);
        };
    }

    @Override
    public WithNumber combineLeft(Formula.Operator operator) {
        return switch (operator) {
            case SUBTRACT -> OperatorLoops::subtractFrom;
            case DIVIDE -> OperatorLoops::divideInto;
            case POWER -> PLAIN.combineLeft(operator);
            case ADD, MULTIPLY, MAX, MIN -> combineRight(operator);
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
        OperatorLoops.select(test, to, positive, po, otherwise, otherwiseO, out, oo, n);
    }
}
