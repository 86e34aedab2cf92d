package dev.halfwave.kernel;

import dev.halfwave.activation.Activation;

/** Makes matrix-product kernels for sizes. */
public interface MatMulKernels {
    /**
     * {@code out[m, n] = f(op(a)·op(b) + bias[n])}.
     *
     * @param m rows of the result
     * @param n columns of the result
     * @param k the summed axis
     * @param transposeA a is stored as {@code [k, m]} instead of {@code [m, k]}
     * @param transposeB b is stored as {@code [n, k]} instead of {@code [k, n]}
     * @param bias whether a bias per column is added
     * @param activation applied last; identity for none
     */
    BilinearKernel product(
            int m, int n, int k, boolean transposeA, boolean transposeB, boolean bias, Activation activation);
}
