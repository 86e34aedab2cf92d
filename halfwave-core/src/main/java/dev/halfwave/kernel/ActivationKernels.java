package dev.halfwave.kernel;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activation.Slopes;
import dev.halfwave.activation.Formula;

/**
 * Activations as kernels: direct loops for functions made of two slopes, compiled formulas for all others.
 *
 * <p>Where the rectifier's slope is 0, so is the result: for −∞ as well, where a product would give NaN, and in the
 * gradient whatever dy is.
 */
public final class ActivationKernels implements PointwiseKernels {
    private final BlockMath math;

    /** Kernels made of a provider's loops. */
    public ActivationKernels(BlockMath math) {
        this.math = math;
    }

    @Override
    public Value value(Activation activation) {
        if (!isRising(activation)) {
            return value(activation.value());
        }
        Slopes slopes = activation.slopes().orElseThrow();
        float negative = (float) slopes.negative();
        float positive = (float) slopes.positive();
        if (isIdentity(slopes)) {
            return (x, xo, y, yo, n) -> System.arraycopy(x, xo, y, yo, n);
        }
        return isRectifier(slopes)
                ? math::rectify
                : (x, xo, y, yo, n) -> math.bend(x, xo, negative, positive, y, yo, n);
    }

    @Override
    public Gradient gradient(Activation activation) {
        if (!isRising(activation)) {
            return gradient(activation.derivative());
        }
        Slopes slopes = activation.slopes().orElseThrow();
        float negative = (float) slopes.negative();
        float positive = (float) slopes.positive();
        if (isIdentity(slopes)) {
            return (dy, dyo, v, vo, dx, dxo, n) -> System.arraycopy(dy, dyo, dx, dxo, n);
        }
        return isRectifier(slopes)
                ? math::gate
                : (dy, dyo, v, vo, dx, dxo, n) -> math.gate(dy, dyo, v, vo, negative, positive, dx, dxo, n);
    }

    @Override
    public Value value(Formula formula) {
        return FormulaProgram.value(formula, math);
    }

    @Override
    public Gradient gradient(Formula derivative) {
        return FormulaProgram.gradient(derivative, math);
    }

    /** Made of two slopes neither of which falls: a product would turn 0 into −0 where a slope is negative. */
    private static boolean isRising(Activation activation) {
        return activation.slopes().filter(slopes -> slopes.negative() >= 0).isPresent();
    }

    private static boolean isIdentity(Slopes slopes) {
        return slopes.negative() == 1 && slopes.positive() == 1;
    }

    private static boolean isRectifier(Slopes slopes) {
        return slopes.negative() == 0 && slopes.positive() == 1;
    }
}
