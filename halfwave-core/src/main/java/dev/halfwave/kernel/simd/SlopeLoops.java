package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Functions made of two slopes, and their gradients, on vectors. */
final class SlopeLoops {
    private SlopeLoops() {}

    /** {@code y = max(x, 0)}; y may be x. On JDK 17 compare and blend cost less than a maximum that minds NaN. */
    static void rectify(float[] x, int xo, float[] y, int yo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
            v.blend(0, v.compare(VectorOperators.LE, 0)).intoArray(y, yo + i);
        }
        for (int i = end; i < n; i++) {
            y[yo + i] = Math.max(x[xo + i], 0);
        }
    }

    /** {@code y = (x > 0 ? positive : negative) · x}; y may be x. */
    static void bend(float[] x, int xo, float negative, float positive, float[] y, int yo, int n) {
        int end = SPECIES.loopBound(n);
        FloatVector low = FloatVector.broadcast(SPECIES, negative);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
            v.mul(low.blend(positive, v.compare(VectorOperators.GT, 0))).intoArray(y, yo + i);
        }
        for (int i = end; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = (v > 0 ? positive : negative) * v;
        }
    }

    /** {@code dx = v > 0 ? dy : 0}; dx may be dy. */
    static void gate(float[] dy, int dyo, float[] v, int vo, float[] dx, int dxo, int n) {
        int end = SPECIES.loopBound(n);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0; i < end; i += COUNT) {
            VectorMask<Float> open = FloatVector.fromArray(SPECIES, v, vo + i).compare(VectorOperators.GT, 0);
            zero.blend(FloatVector.fromArray(SPECIES, dy, dyo + i), open).intoArray(dx, dxo + i);
        }
        for (int i = end; i < n; i++) {
            dx[dxo + i] = v[vo + i] > 0 ? dy[dyo + i] : 0;
        }
    }

    /** {@code dx = (v > 0 ? positive : negative) · dy}; dx may be dy. */
    static void gate(
            float[] dy, int dyo, float[] v, int vo, float negative, float positive, float[] dx, int dxo, int n) {
        int end = SPECIES.loopBound(n);
        FloatVector low = FloatVector.broadcast(SPECIES, negative);
        for (int i = 0; i < end; i += COUNT) {
            VectorMask<Float> open = FloatVector.fromArray(SPECIES, v, vo + i).compare(VectorOperators.GT, 0);
            low.blend(positive, open)
                    .mul(FloatVector.fromArray(SPECIES, dy, dyo + i))
                    .intoArray(dx, dxo + i);
        }
        for (int i = end; i < n; i++) {
            dx[dxo + i] = (v[vo + i] > 0 ? positive : negative) * dy[dyo + i];
        }
    }
}
