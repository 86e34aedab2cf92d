package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Window;
import java.util.Arrays;

/**
 * {@code y[n,p,q,k] = f(Σ x[n, p·stride − before + i·dilation, …, c] · w[i,j,c,k] + bias[k])}; a unit is one output
 * row.
 */
final class ScalarConvForward extends ScalarKernel {
    private final ConvGeometry g;
    private final ScalarEpilogue epilogue;
    private final boolean onto;

    /** @param onto whether the sums are added to what y holds */
    ScalarConvForward(ConvGeometry geometry, ScalarEpilogue epilogue, boolean onto) {
        super(geometry.n() * geometry.oh(), geometry.flops());
        g = geometry;
        this.epilogue = epilogue;
        this.onto = onto;
    }

    @Override
    public void run(
            int phase,
            int task,
            float[] x,
            int xo,
            float[] w,
            int wo,
            float[] bias,
            int biasO,
            float[] y,
            int yo,
            float[] scratch,
            int so) {
        int row = g.ow() * g.k();
        for (int u = start(task); u < start(task + 1); u++) {
            int to = yo + u * row;
            if (!onto) {
                Arrays.fill(y, to, to + row, 0f);
            }
            addWindows(u / g.oh(), u % g.oh(), x, xo, w, wo, y, to);
            for (int q = 0; q < g.ow(); q++) {
                epilogue.apply(y, to + q * g.k(), bias, biasO, g.k());
            }
        }
    }

    private void addWindows(int n, int p, float[] x, int xo, float[] w, int wo, float[] y, int to) {
        Window v = g.vertical();
        Window u = g.horizontal();
        for (int i = 0; i < g.r(); i++) {
            int iy = p * v.stride() - v.before() + i * v.dilation();
            if (iy < 0 || iy >= g.h()) {
                continue;
            }
            for (int j = 0; j < g.s(); j++) {
                int filter = wo + (i * g.s() + j) * g.groupC() * g.k();
                for (int q = 0; q < g.ow(); q++) {
                    int ix = q * u.stride() - u.before() + j * u.dilation();
                    if (ix >= 0 && ix < g.w()) {
                        addPixel(x, xo + ((n * g.h() + iy) * g.w() + ix) * g.c(), w, filter, y, to + q * g.k());
                    }
                }
            }
        }
    }

    private void addPixel(float[] x, int from, float[] w, int filter, float[] y, int to) {
        for (int group = 0; group < g.groups(); group++) {
            int first = group * g.groupK();
            for (int c = 0; c < g.groupC(); c++) {
                float value = x[from + group * g.groupC() + c];
                addScaled(value, w, filter + c * g.k() + first, y, to + first, g.groupK());
            }
        }
    }
}
