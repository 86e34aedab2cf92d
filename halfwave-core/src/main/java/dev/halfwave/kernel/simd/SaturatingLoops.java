package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.scalar.Saturating.P0;
import static dev.halfwave.kernel.scalar.Saturating.P1;
import static dev.halfwave.kernel.scalar.Saturating.P2;
import static dev.halfwave.kernel.scalar.Saturating.P3;
import static dev.halfwave.kernel.scalar.Saturating.P4;
import static dev.halfwave.kernel.scalar.Saturating.SPLIT;
import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.kernel.BlockMath.Unary;
import dev.halfwave.kernel.scalar.Saturating;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The steps of {@link Saturating} on vectors: the same results bit for bit, and that class for the rest of a range.
 *
 * <p>The exponential function is a pass of its own over a spare range that stays in the first cache; see
 * {@link Stages}.
 */
final class SaturatingLoops {
    /** {@code out = tanh(a)}; out may be a. */
    static final Unary TANH = Stages.of(
            (a, ao, out, oo, n, spare, so) -> scaledSize(a, ao, 2, spare, so, n),
            (a, ao, out, oo, n, spare, so) -> ExponentialLoops.exp(spare, so, spare, so, SPECIES.loopBound(n)),
            SaturatingLoops::tanhFromExp);

    /** {@code out = 1 / (1 + e⁻ᵃ)}; out may be a. */
    static final Unary SIGMOID = Stages.of(
            (a, ao, out, oo, n, spare, so) -> scaledSize(a, ao, -1, spare, so, n),
            (a, ao, out, oo, n, spare, so) -> ExponentialLoops.exp(spare, so, spare, so, SPECIES.loopBound(n)),
            SaturatingLoops::sigmoidFromExp);

    private SaturatingLoops() {}

    private static void tanhFromExp(float[] a, int ao, float[] out, int oo, int n, float[] exp, int eo) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector e = FloatVector.fromArray(SPECIES, exp, eo + i);
            FloatVector size = x.lanewise(VectorOperators.ABS);
            FloatVector square = x.mul(x);
            FloatVector p = square.fma(P4, P3).lanewise(VectorOperators.FMA, square, P2);
            p = p.lanewise(VectorOperators.FMA, square, P1).lanewise(VectorOperators.FMA, square, P0);
            p = size.mul(square).fma(p, size);
            FloatVector far = FloatVector.broadcast(SPECIES, 1)
                    .sub(FloatVector.broadcast(SPECIES, 2).div(e.add(1)));
            FloatVector result = far.blend(p, size.compare(VectorOperators.LT, SPLIT));
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            result.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Saturating.tanh(a[ao + i]);
        }
    }

    private static void sigmoidFromExp(float[] a, int ao, float[] out, int oo, int n, float[] exp, int eo) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector z = FloatVector.fromArray(SPECIES, exp, eo + i);
            FloatVector one = FloatVector.broadcast(SPECIES, 1);
            one.blend(z, x.compare(VectorOperators.LT, 0)).div(z.add(1)).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Saturating.sigmoid(a[ao + i]);
        }
    }

    /** {@code out = scale · |a|} in whole vectors; the rest of the range is not needed. */
    private static void scaledSize(float[] a, int ao, float scale, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            x.lanewise(VectorOperators.ABS).mul(scale).intoArray(out, oo + i);
        }
    }
}
