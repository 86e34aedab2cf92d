package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles whose terms are neighbours in a and in b, two vectors wide: {@code out[i] = start[i] + Σ a[row i + k] · b[k]}.
 *
 * <p>Otherwise as {@link WideTile}, but faster: both places follow from k, so that C2 checks all bounds once, before the
 * loop. A check that stays inside needs every sum for the case that it fails, and C2 on JDK 17 then moves some or all of
 * them around in every round: the same tile ran at 60 or at 230 GFLOP/s, by a chance that was drawn anew in every process.
 * Tiles are no taller than this, so that the places of their rows stay in registers, and for C2 to load a for all
 * of them before it multiplies.
 */
final class RunTile {
    private RunTile() {}

    /** A tile of 6 rows. */
    static void rows6(
            float[] a,
            int ao,
            int[] aRows,
            int ar,
            int last,
            int from,
            int to,
            float[] b,
            int bo,
            float[] start,
            int so,
            int mask,
            float[] out,
            int oo,
            int[] outRows,
            int or) {
        int r0 = ao + aRows[ar];
        int r1 = ao + aRows[ar + Math.min(1, last)];
        int r2 = ao + aRows[ar + Math.min(2, last)];
        int r3 = ao + aRows[ar + Math.min(3, last)];
        int r4 = ao + aRows[ar + Math.min(4, last)];
        int r5 = ao + aRows[ar + Math.min(5, last)];
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector t0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector t1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector t2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        FloatVector t3 = FloatVector.zero(SPECIES);
        FloatVector s4 = FloatVector.zero(SPECIES);
        FloatVector t4 = FloatVector.zero(SPECIES);
        FloatVector s5 = FloatVector.zero(SPECIES);
        FloatVector t5 = FloatVector.zero(SPECIES);
        for (int k = from; k < to; k++) {
            int q = bo + k * PANEL;
            FloatVector u = FloatVector.fromArray(SPECIES, b, q);
            FloatVector v = FloatVector.fromArray(SPECIES, b, q + COUNT);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[r0 + k]);
            s0 = a0.fma(u, s0);
            t0 = a0.fma(v, t0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[r1 + k]);
            s1 = a1.fma(u, s1);
            t1 = a1.fma(v, t1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[r2 + k]);
            s2 = a2.fma(u, s2);
            t2 = a2.fma(v, t2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[r3 + k]);
            s3 = a3.fma(u, s3);
            t3 = a3.fma(v, t3);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[r4 + k]);
            s4 = a4.fma(u, s4);
            t4 = a4.fma(v, t4);
            FloatVector a5 = FloatVector.broadcast(SPECIES, a[r5 + k]);
            s5 = a5.fma(u, s5);
            t5 = a5.fma(v, t5);
        }
        int o0 = outRows[or];
        int o1 = outRows[or + Math.min(1, last)];
        int o2 = outRows[or + Math.min(2, last)];
        int o3 = outRows[or + Math.min(3, last)];
        int o4 = outRows[or + Math.min(4, last)];
        int o5 = outRows[or + Math.min(5, last)];
        s0 = s0.add(FloatVector.fromArray(SPECIES, start, so + (o0 & mask)));
        t0 = t0.add(FloatVector.fromArray(SPECIES, start, so + (o0 & mask) + COUNT));
        s1 = s1.add(FloatVector.fromArray(SPECIES, start, so + (o1 & mask)));
        t1 = t1.add(FloatVector.fromArray(SPECIES, start, so + (o1 & mask) + COUNT));
        s2 = s2.add(FloatVector.fromArray(SPECIES, start, so + (o2 & mask)));
        t2 = t2.add(FloatVector.fromArray(SPECIES, start, so + (o2 & mask) + COUNT));
        s3 = s3.add(FloatVector.fromArray(SPECIES, start, so + (o3 & mask)));
        t3 = t3.add(FloatVector.fromArray(SPECIES, start, so + (o3 & mask) + COUNT));
        s4 = s4.add(FloatVector.fromArray(SPECIES, start, so + (o4 & mask)));
        t4 = t4.add(FloatVector.fromArray(SPECIES, start, so + (o4 & mask) + COUNT));
        s5 = s5.add(FloatVector.fromArray(SPECIES, start, so + (o5 & mask)));
        t5 = t5.add(FloatVector.fromArray(SPECIES, start, so + (o5 & mask) + COUNT));
        s0.intoArray(out, oo + o0);
        t0.intoArray(out, oo + o0 + COUNT);
        s1.intoArray(out, oo + o1);
        t1.intoArray(out, oo + o1 + COUNT);
        s2.intoArray(out, oo + o2);
        t2.intoArray(out, oo + o2 + COUNT);
        s3.intoArray(out, oo + o3);
        t3.intoArray(out, oo + o3 + COUNT);
        s4.intoArray(out, oo + o4);
        t4.intoArray(out, oo + o4 + COUNT);
        s5.intoArray(out, oo + o5);
        t5.intoArray(out, oo + o5 + COUNT);
    }

    /** A tile of 4 rows. */
    static void rows4(
            float[] a,
            int ao,
            int[] aRows,
            int ar,
            int last,
            int from,
            int to,
            float[] b,
            int bo,
            float[] start,
            int so,
            int mask,
            float[] out,
            int oo,
            int[] outRows,
            int or) {
        int r0 = ao + aRows[ar];
        int r1 = ao + aRows[ar + Math.min(1, last)];
        int r2 = ao + aRows[ar + Math.min(2, last)];
        int r3 = ao + aRows[ar + Math.min(3, last)];
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector t0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector t1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector t2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        FloatVector t3 = FloatVector.zero(SPECIES);
        for (int k = from; k < to; k++) {
            int q = bo + k * PANEL;
            FloatVector u = FloatVector.fromArray(SPECIES, b, q);
            FloatVector v = FloatVector.fromArray(SPECIES, b, q + COUNT);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[r0 + k]);
            s0 = a0.fma(u, s0);
            t0 = a0.fma(v, t0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[r1 + k]);
            s1 = a1.fma(u, s1);
            t1 = a1.fma(v, t1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[r2 + k]);
            s2 = a2.fma(u, s2);
            t2 = a2.fma(v, t2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[r3 + k]);
            s3 = a3.fma(u, s3);
            t3 = a3.fma(v, t3);
        }
        int o0 = outRows[or];
        int o1 = outRows[or + Math.min(1, last)];
        int o2 = outRows[or + Math.min(2, last)];
        int o3 = outRows[or + Math.min(3, last)];
        s0 = s0.add(FloatVector.fromArray(SPECIES, start, so + (o0 & mask)));
        t0 = t0.add(FloatVector.fromArray(SPECIES, start, so + (o0 & mask) + COUNT));
        s1 = s1.add(FloatVector.fromArray(SPECIES, start, so + (o1 & mask)));
        t1 = t1.add(FloatVector.fromArray(SPECIES, start, so + (o1 & mask) + COUNT));
        s2 = s2.add(FloatVector.fromArray(SPECIES, start, so + (o2 & mask)));
        t2 = t2.add(FloatVector.fromArray(SPECIES, start, so + (o2 & mask) + COUNT));
        s3 = s3.add(FloatVector.fromArray(SPECIES, start, so + (o3 & mask)));
        t3 = t3.add(FloatVector.fromArray(SPECIES, start, so + (o3 & mask) + COUNT));
        s0.intoArray(out, oo + o0);
        t0.intoArray(out, oo + o0 + COUNT);
        s1.intoArray(out, oo + o1);
        t1.intoArray(out, oo + o1 + COUNT);
        s2.intoArray(out, oo + o2);
        t2.intoArray(out, oo + o2 + COUNT);
        s3.intoArray(out, oo + o3);
        t3.intoArray(out, oo + o3 + COUNT);
    }
}
