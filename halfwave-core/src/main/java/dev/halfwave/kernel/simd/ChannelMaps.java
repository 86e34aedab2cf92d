package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Maps over one row of channels with parameters of their own, on vectors. */
final class ChannelMaps {
    private ChannelMaps() {}

    /** {@code y = scale · x + shift}; y may be x. */
    static void scaleShift(
            float[] x, int xo, float[] scale, int scaleO, float[] shift, int shiftO, float[] y, int yo, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector scaled =
                    FloatVector.fromArray(SPECIES, scale, scaleO + j).mul(FloatVector.fromArray(SPECIES, x, xo + j));
            scaled.add(FloatVector.fromArray(SPECIES, shift, shiftO + j)).intoArray(y, yo + j);
        }
        for (int j = end; j < n; j++) {
            y[yo + j] = scale[scaleO + j] * x[xo + j] + shift[shiftO + j];
        }
    }

    /** {@code dx = p · dy + q · x + t}; dx may be dy. */
    static void blend(
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] p,
            int po,
            float[] q,
            int qo,
            float[] t,
            int to,
            float[] dx,
            int dxo,
            int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector first =
                    FloatVector.fromArray(SPECIES, p, po + j).mul(FloatVector.fromArray(SPECIES, dy, dyo + j));
            FloatVector second =
                    FloatVector.fromArray(SPECIES, q, qo + j).mul(FloatVector.fromArray(SPECIES, x, xo + j));
            first.add(second).add(FloatVector.fromArray(SPECIES, t, to + j)).intoArray(dx, dxo + j);
        }
        for (int j = end; j < n; j++) {
            dx[dxo + j] = p[po + j] * dy[dyo + j] + q[qo + j] * x[xo + j] + t[to + j];
        }
    }

    /** {@code y = x > 0 ? x : slope · x}; y may be x. */
    static void prelu(float[] x, int xo, float[] slope, int so, float[] y, int yo, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xo + j);
            FloatVector bent = FloatVector.fromArray(SPECIES, slope, so + j).mul(v);
            bent.blend(v, v.compare(VectorOperators.GT, 0)).intoArray(y, yo + j);
        }
        for (int j = end; j < n; j++) {
            float v = x[xo + j];
            y[yo + j] = v > 0 ? v : slope[so + j] * v;
        }
    }

    /** {@code dx = x > 0 ? dy : slope · dy}; dx may be dy. */
    static void preluGradient(
            float[] dy, int dyo, float[] x, int xo, float[] slope, int so, float[] dx, int dxo, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector d = FloatVector.fromArray(SPECIES, dy, dyo + j);
            VectorMask<Float> open = FloatVector.fromArray(SPECIES, x, xo + j).compare(VectorOperators.GT, 0);
            FloatVector.fromArray(SPECIES, slope, so + j).mul(d).blend(d, open).intoArray(dx, dxo + j);
        }
        for (int j = end; j < n; j++) {
            float d = dy[dyo + j];
            dx[dxo + j] = x[xo + j] > 0 ? d : slope[so + j] * d;
        }
    }
}
