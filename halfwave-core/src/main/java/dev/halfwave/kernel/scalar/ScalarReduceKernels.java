package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.ReduceKernels;
import java.util.Arrays;

/** Reductions in plain Java: runs in double precision, four numbers at a time, and columns row by row. */
public final class ScalarReduceKernels implements ReduceKernels {
    @Override
    public Reducer sum() {
        return new Sum();
    }

    @Override
    public Reducer product() {
        return new Product();
    }

    @Override
    public Reducer max() {
        return new Max();
    }

    @Override
    public Reducer min() {
        return new Min();
    }

    @Override
    public void indexOfExtreme(
            float[] x, int xo, int stride, int n, float[] out, int oo, int width, boolean last, boolean smallest) {
        float sign = smallest ? -1 : 1;
        for (int i = 0; i < width; i++) {
            out[oo + i] = indexOfLargest(x, xo + i, stride, n, sign, last);
        }
    }

    private static int indexOfLargest(float[] x, int xo, int stride, int n, float sign, boolean last) {
        int index = 0;
        float best = sign * x[xo];
        for (int k = 1; k < n; k++) {
            float v = sign * x[xo + k * stride];
            boolean more = Float.isNaN(v) ? !Float.isNaN(best) : v > best;
            boolean equal = Float.isNaN(v) ? Float.isNaN(best) : v == best;
            if (more || last && equal) {
                index = k;
                best = v;
            }
        }
        return index;
    }

    /** Four sums in turn, since one alone would wait for itself. */
    private static final class Sum implements Reducer {
        @Override
        public float run(float[] x, int xo, int n) {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            int i = 0;
            for (; i < n - 3; i += 4) {
                a += x[xo + i];
                b += x[xo + i + 1];
                c += x[xo + i + 2];
                d += x[xo + i + 3];
            }
            for (; i < n; i++) {
                a += x[xo + i];
            }
            return (float) (a + b + (c + d));
        }

        @Override
        public void columns(float[] x, int xo, int stride, int n, float[] out, int oo, int width) {
            Arrays.fill(out, oo, oo + width, 0);
            for (int k = 0; k < n; k++) {
                int row = xo + k * stride;
                for (int i = 0; i < width; i++) {
                    out[oo + i] += x[row + i];
                }
            }
        }
    }

    private static final class Product implements Reducer {
        @Override
        public float run(float[] x, int xo, int n) {
            double product = 1;
            for (int i = 0; i < n; i++) {
                product *= x[xo + i];
            }
            return (float) product;
        }

        @Override
        public void columns(float[] x, int xo, int stride, int n, float[] out, int oo, int width) {
            Arrays.fill(out, oo, oo + width, 1);
            for (int k = 0; k < n; k++) {
                int row = xo + k * stride;
                for (int i = 0; i < width; i++) {
                    out[oo + i] *= x[row + i];
                }
            }
        }
    }

    private static final class Max implements Reducer {
        @Override
        public float run(float[] x, int xo, int n) {
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                max = Math.max(max, x[xo + i]);
            }
            return max;
        }

        @Override
        public void columns(float[] x, int xo, int stride, int n, float[] out, int oo, int width) {
            Arrays.fill(out, oo, oo + width, Float.NEGATIVE_INFINITY);
            for (int k = 0; k < n; k++) {
                int row = xo + k * stride;
                for (int i = 0; i < width; i++) {
                    out[oo + i] = Math.max(out[oo + i], x[row + i]);
                }
            }
        }
    }

    private static final class Min implements Reducer {
        @Override
        public float run(float[] x, int xo, int n) {
            float min = Float.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                min = Math.min(min, x[xo + i]);
            }
            return min;
        }

        @Override
        public void columns(float[] x, int xo, int stride, int n, float[] out, int oo, int width) {
            Arrays.fill(out, oo, oo + width, Float.POSITIVE_INFINITY);
            for (int k = 0; k < n; k++) {
                int row = xo + k * stride;
                for (int i = 0; i < width; i++) {
                    out[oo + i] = Math.min(out[oo + i], x[row + i]);
                }
            }
        }
    }
}
