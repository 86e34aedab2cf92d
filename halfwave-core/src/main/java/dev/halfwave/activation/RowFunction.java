package dev.halfwave.activation;

import java.util.List;

/**
 * A function of a row of numbers, with everything that is known about it. Networks have layers of the same names.
 *
 * <p>The facts hold for rows of two numbers or more. To add one: a record in this package, its line in {@link #all}, its
 * row in the facts test.
 */
public non-sealed interface RowFunction extends Facts {
    /** The row that becomes of a row x, in double precision. */
    double[] at(double[] x);

    /** {@code ∂yᵢ/∂xⱼ}. */
    double slopeAt(double[] x, int i, int j);

    /** Every function of rows, in the order of the cheat sheet. */
    static List<RowFunction> all() {
        return List.of(new CRelu(), new Maxout(), new Softmax(), new LogSoftmax(), new Hardmax());
    }
}
