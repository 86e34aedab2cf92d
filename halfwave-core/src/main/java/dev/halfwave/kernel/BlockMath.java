package dev.halfwave.kernel;

import dev.halfwave.activation.Formula;

/**
 * What a provider brings along for {@link ActivationKernels}: loops for functions made of two slopes, and the operations that
 * {@link FormulaProgram} makes all others of.
 *
 * <p>Results may overwrite operands that start at the same place. Every operation is a map: what comes out for an
 * element does not depend on where in the range it lies. Rounding and special values are those of the same operation in
 * double, rounded to float, within the error that a provider states.
 */
public interface BlockMath {
    /** {@code y[i] = x[i] <= 0 ? 0 : x[i]}, so NaN stays NaN; the range may be of any length. */
    void rectify(float[] x, int xo, float[] y, int yo, int n);

    /** {@code y[i] = (x[i] > 0 ? positive : negative) · x[i]}; the range may be of any length. */
    void bend(float[] x, int xo, float negative, float positive, float[] y, int yo, int n);

    /** {@code dx[i] = v[i] > 0 ? dy[i] : 0}; the range may be of any length. */
    void gate(float[] dy, int dyo, float[] v, int vo, float[] dx, int dxo, int n);

    /** {@code dx[i] = (v[i] > 0 ? positive : negative) · dy[i]}; the range may be of any length. */
    void gate(float[] dy, int dyo, float[] v, int vo, float negative, float positive, float[] dx, int dxo, int n);

    /**
     * {@code out[i] = f(a[i])} for up to one block.
     *
     * @param spare n floats from {@code so} to work with, apart from a and out
     */
    void apply(Formula.Function function, float[] a, int ao, float[] out, int oo, int n, float[] spare, int so);

    /** {@code out[i] = a[i] ∘ b[i]}. */
    void combine(Formula.Operator operator, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

    /** {@code out[i] = a[i] ∘ b}. */
    void combine(Formula.Operator operator, float[] a, int ao, float b, float[] out, int oo, int n);

    /** {@code out[i] = a ∘ b[i]}. */
    void combine(Formula.Operator operator, float a, float[] b, int bo, float[] out, int oo, int n);

    /** {@code out[i] = test[i] > 0 ? positive[i] : otherwise[i]}. */
    void select(
            float[] test,
            int to,
            float[] positive,
            int po,
            float[] otherwise,
            int otherwiseO,
            float[] out,
            int oo,
            int n);
}
