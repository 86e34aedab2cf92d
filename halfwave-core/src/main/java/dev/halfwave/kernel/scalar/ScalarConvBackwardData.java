package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Window;
import java.util.Arrays;

/**
 * {@code dx[n,y,x,c] = Σ dy[n,p,q,k] · w[i,j,c,k]} over all i, j, p, q with {@code p·stride − before + i·dilation = y}
 * and likewise in x; a unit is one row of dx.
 *
 * <p>Filters are packed with their last two axes swapped, {@code [r, s, k, c/groups]}, so that the inner loop runs
 * along c.
 */
final class ScalarConvBackwardData extends ScalarKernel {
    private final ConvGeometry g;

    ScalarConvBackwardData(ConvGeometry geometry) {
        super(geometry.n() * geometry.h(), geometry.flops());
        g = geometry;
    }

    @Override
    public int packedFloats() {
        return g.r() * g.s() * g.groupC() * g.k();
    }

    @Override
    public int packTasks() {
        return g.r() * g.s();
    }

    @Override
    public void pack(float[] b, int bo, float[] packed, int po, int task) {
        int first = task * g.groupC() * g.k();
        for (int c = 0; c < g.groupC(); c++) {
            for (int k = 0; k < g.k(); k++) {
                packed[po + first + k * g.groupC() + c] = b[bo + first + c * g.k() + k];
            }
        }
    }

    @Override
    public void run(
            int phase,
            int task,
            float[] dy,
            int dyo,
            float[] w,
            int wo,
            float[] bias,
            int biasO,
            float[] dx,
            int dxo,
            float[] scratch,
            int so) {
        int row = g.w() * g.c();
        for (int u = start(task); u < start(task + 1); u++) {
            int to = dxo + u * row;
            Arrays.fill(dx, to, to + row, 0f);
            addWindows(u / g.h(), u % g.h(), dy, dyo, w, wo, dx, to);
        }
    }

    private void addWindows(int n, int iy, float[] dy, int dyo, float[] w, int wo, float[] dx, int to) {
        Window v = g.vertical();
        Window u = g.horizontal();
        for (int i = 0; i < g.r(); i++) {
            int steps = iy + v.before() - i * v.dilation();
            int p = Math.floorDiv(steps, v.stride());
            if (p * v.stride() != steps || p < 0 || p >= g.oh()) {
                continue;
            }
            for (int j = 0; j < g.s(); j++) {
                int filter = wo + (i * g.s() + j) * g.groupC() * g.k();
                for (int q = 0; q < g.ow(); q++) {
                    int ix = q * u.stride() - u.before() + j * u.dilation();
                    if (ix >= 0 && ix < g.w()) {
                        addPixel(dy, dyo + ((n * g.oh() + p) * g.ow() + q) * g.k(), w, filter, dx, to + ix * g.c());
                    }
                }
            }
        }
    }

    private void addPixel(float[] dy, int from, float[] w, int filter, float[] dx, int to) {
        for (int k = 0; k < g.k(); k++) {
            int first = k / g.groupK() * g.groupC();
            addScaled(dy[from + k], w, filter + k * g.groupC(), dx, to + first, g.groupC());
        }
    }
}
