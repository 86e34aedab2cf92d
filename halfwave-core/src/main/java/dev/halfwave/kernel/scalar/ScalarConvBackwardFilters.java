package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Window;
import java.util.Arrays;

/**
 * {@code dw[i,j,c,k] = Σ x[n, p·stride − before + i·dilation, …, c] · dy[n,p,q,k]} over n, p, q; a unit is one (i, j,
 * c).
 *
 * <p>A few output rows are summed on their own before they are added to the result.
 */
final class ScalarConvBackwardFilters extends ScalarKernel {
    private final ConvGeometry g;

    ScalarConvBackwardFilters(ConvGeometry geometry) {
        super(geometry.r() * geometry.s() * geometry.groupC(), geometry.flops());
        g = geometry;
    }

    @Override
    public int scratchFloats() {
        return tasks(0) * g.k();
    }

    @Override
    public void run(
            int phase,
            int task,
            float[] x,
            int xo,
            float[] dy,
            int dyo,
            float[] bias,
            int biasO,
            float[] dw,
            int dwo,
            float[] scratch,
            int so) {
        int rows = Math.max(1, SUM_PIECE / g.ow());
        int piece = so + task * g.k();
        Arrays.fill(dw, dwo + start(task) * g.k(), dwo + start(task + 1) * g.k(), 0f);
        for (int row = 0; row < g.n() * g.oh(); row += rows) {
            int end = Math.min(row + rows, g.n() * g.oh());
            for (int u = start(task); u < start(task + 1); u++) {
                Arrays.fill(scratch, piece, piece + g.k(), 0f);
                for (int np = row; np < end; np++) {
                    addRow(u, np, x, xo, dy, dyo, scratch, piece);
                }
                add(scratch, piece, dw, dwo + u * g.k(), g.k());
            }
        }
    }

    private void addRow(int u, int np, float[] x, int xo, float[] dy, int dyo, float[] sum, int to) {
        Window v = g.vertical();
        Window h = g.horizontal();
        int c = u % g.groupC();
        int j = u / g.groupC() % g.s();
        int i = u / g.groupC() / g.s();
        int iy = np % g.oh() * v.stride() - v.before() + i * v.dilation();
        if (iy < 0 || iy >= g.h()) {
            return;
        }
        int from = xo + (np / g.oh() * g.h() + iy) * g.w() * g.c() + c;
        for (int q = 0; q < g.ow(); q++) {
            int ix = q * h.stride() - h.before() + j * h.dilation();
            if (ix >= 0 && ix < g.w()) {
                addPixel(x, from + ix * g.c(), dy, dyo + (np * g.ow() + q) * g.k(), sum, to);
            }
        }
    }

    private void addPixel(float[] x, int from, float[] dy, int dyFrom, float[] sum, int to) {
        for (int group = 0; group < g.groups(); group++) {
            int first = group * g.groupK();
            addScaled(x[from + group * g.groupC()], dy, dyFrom + first, sum, to + first, g.groupK());
        }
    }
}
