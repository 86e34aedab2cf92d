package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.F;
import static dev.halfwave.kernel.simd.Lanes.L;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Functions made of two slopes, and their gradients, on vectors. */
final class SlopeLoops {
    private SlopeLoops() {}

    /** {@code y = max(x, 0)}; y may be x. On JDK 17 compare and blend cost less than a maximum that minds NaN. */
    static void rectify(float[] x, int xo, float[] y, int yo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += L) {
            FloatVector v = FloatVector.fromArray(F, x, xo + i);
            v.blend(0, v.compare(VectorOperators.LE, 0)).intoArray(y, yo + i);
        }
        for (int i = end; i < n; i++) {
            y[yo + i] = Math.max(x[xo + i], 0);
        }
    }

    /** {@code y = (x > 0 ? positive : negative) · x}; y may be x. */
    static void bend(float[] x, int xo, float negative, float positive, float[] y, int yo, int n) {
        int end = F.loopBound(n);
        FloatVector low = FloatVector.broadcast(F, negative);
        for (int i = 0; i < end; i += L) {
            FloatVector v = FloatVector.fromArray(F, x, xo + i);
            v.mul(low.blend(positive, v.compare(VectorOperators.GT, 0))).intoArray(y, yo + i);
        }
        for (int i = end; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = (v > 0 ? positive : negative) * v;
        }
    }

    /** {@code dx = v > 0 ? dy : 0}; dx may be dy. */
    static void gate(float[] dy, int dyo, float[] v, int vo, float[] dx, int dxo, int n) {
        int end = F.loopBound(n);
        FloatVector zero = FloatVector.zero(F);
        for (int i = 0; i < end; i += L) {
            VectorMask<Float> open = FloatVector.fromArray(F, v, vo + i).compare(VectorOperators.GT, 0);
            zero.blend(FloatVector.fromArray(F, dy, dyo + i), open).intoArray(dx, dxo + i);
        }
        for (int i = end; i < n; i++) {
            dx[dxo + i] = v[vo + i] > 0 ? dy[dyo + i] : 0;
        }
    }

    /** {@code dx = (v > 0 ? positive : negative) · dy}; dx may be dy. */
    static void gate(
            float[] dy, int dyo, float[] v, int vo, float negative, float positive, float[] dx, int dxo, int n) {
        int end = F.loopBound(n);
        FloatVector low = FloatVector.broadcast(F, negative);
        for (int i = 0; i < end; i += L) {
            VectorMask<Float> open = FloatVector.fromArray(F, v, vo + i).compare(VectorOperators.GT, 0);
            low.blend(positive, open).mul(FloatVector.fromArray(F, dy, dyo + i)).intoArray(dx, dxo + i);
        }
        for (int i = end; i < n; i++) {
            dx[dxo + i] = (v[vo + i] > 0 ? positive : negative) * dy[dyo + i];
        }
    }
}
