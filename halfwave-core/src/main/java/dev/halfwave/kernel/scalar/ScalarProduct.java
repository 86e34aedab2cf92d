package dev.halfwave.kernel.scalar;

import java.util.Arrays;

/**
 * {@code out[m,n] = f(Σ a[m,k] · b[k,n] + bias[n])}; a unit is one row of the result.
 *
 * <p>A transposed b is packed as {@code [k, n]}. Long sums are summed in pieces.
 */
final class ScalarProduct extends ScalarKernel {
    private final int n;
    private final int k;
    private final int aRow;
    private final int aColumn;
    private final boolean transposeB;
    private final ScalarEpilogue epilogue;

    ScalarProduct(int m, int n, int k, boolean transposeA, boolean transposeB, ScalarEpilogue epilogue) {
        super(m, 2L * m * n * k);
        this.n = n;
        this.k = k;
        aRow = transposeA ? 1 : k;
        aColumn = transposeA ? m : 1;
        this.transposeB = transposeB;
        this.epilogue = epilogue;
    }

    @Override
    public int packedFloats() {
        return transposeB ? k * n : 0;
    }

    @Override
    public int packTasks() {
        return transposeB ? 1 : 0;
    }

    @Override
    public void pack(float[] b, int bo, float[] packed, int po, int task) {
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < k; l++) {
                packed[po + l * n + j] = b[bo + j * k + l];
            }
        }
    }

    @Override
    public int scratchFloats() {
        return tasks(0) * n;
    }

    @Override
    public void run(
            int phase,
            int task,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so) {
        int piece = so + task * n;
        for (int i = start(task); i < start(task + 1); i++) {
            int to = oo + i * n;
            Arrays.fill(out, to, to + n, 0f);
            for (int l = 0; l < k; l += SUM_PIECE) {
                Arrays.fill(scratch, piece, piece + n, 0f);
                for (int t = l; t < Math.min(l + SUM_PIECE, k); t++) {
                    addScaled(a[ao + i * aRow + t * aColumn], b, bo + t * n, scratch, piece, n);
                }
                add(scratch, piece, out, to, n);
            }
            epilogue.apply(out, to, bias, biasO, n);
        }
    }
}
