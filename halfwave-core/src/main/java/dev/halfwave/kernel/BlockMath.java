package dev.halfwave.kernel;

import dev.halfwave.activation.Formula;

/**
 * What a provider brings along for {@link ActivationKernels}: loops for functions made of two slopes, and the
 * operations that {@link FormulaProgram} makes all others of.
 *
 * <p>Results may overwrite operands that start at the same place. Every loop is a map: what comes out for an element
 * does not depend on where in the range it lies. Rounding and special values are those of the same operation in double,
 * rounded to float, within the error that a provider states.
 *
 * <p>Operations are handed out as objects, one per loop, so that the JIT compiler takes each for itself. One method
 * with a switch over them all would become a method with dozens of loops, which C2 in JDK 17 compiles to code several
 * times slower.
 */
public interface BlockMath {
    /** {@code y[i] = max(x[i], 0)}; NaN stays NaN. */
    void rectify(float[] x, int xo, float[] y, int yo, int n);

    /** {@code y[i] = (x[i] > 0 ? positive : negative) · x[i]}. */
    void bend(float[] x, int xo, float negative, float positive, float[] y, int yo, int n);

    /** {@code dx[i] = v[i] > 0 ? dy[i] : 0}. */
    void gate(float[] dy, int dyo, float[] v, int vo, float[] dx, int dxo, int n);

    /** {@code dx[i] = (v[i] > 0 ? positive : negative) · dy[i]}. */
    void gate(float[] dy, int dyo, float[] v, int vo, float negative, float positive, float[] dx, int dxo, int n);

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

    /** The loop of a function. */
    Unary apply(Formula.Function function);

    /** The loop of an operator between two ranges. */
    Binary combine(Formula.Operator operator);

    /** The loop of an operator with a number on its right, {@code a[i] ∘ number}. */
    WithNumber combineRight(Formula.Operator operator);

    /** The loop of an operator with a number on its left, {@code number ∘ a[i]}. */
    WithNumber combineLeft(Formula.Operator operator);

    /** A function of every element. */
    @FunctionalInterface
    interface Unary {
        /**
         * {@code out[i] = f(a[i])}.
         *
         * @param spare n floats from {@code so} to work with, apart from a and out
         */
        void run(float[] a, int ao, float[] out, int oo, int n, float[] spare, int so);
    }

    /** An operator between the elements of two ranges. */
    @FunctionalInterface
    interface Binary {
        /** {@code out[i] = a[i] ∘ b[i]}. */
        void run(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);
    }

    /** An operator between every element and a number. */
    @FunctionalInterface
    interface WithNumber {
        /** {@code out[i] = a[i] ∘ number}, or the other way round. */
        void run(float[] a, int ao, float number, float[] out, int oo, int n);
    }
}
