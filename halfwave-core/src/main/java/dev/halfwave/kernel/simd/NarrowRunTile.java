package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Tiles as of {@link RunTile}, one vector wide. */
final class NarrowRunTile {
    private NarrowRunTile() {}

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
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        FloatVector s4 = FloatVector.zero(SPECIES);
        FloatVector s5 = FloatVector.zero(SPECIES);
        for (int k = from; k < to; k++) {
            int q = bo + k * PANEL;
            FloatVector u = FloatVector.fromArray(SPECIES, b, q);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[r0 + k]);
            s0 = a0.fma(u, s0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[r1 + k]);
            s1 = a1.fma(u, s1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[r2 + k]);
            s2 = a2.fma(u, s2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[r3 + k]);
            s3 = a3.fma(u, s3);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[r4 + k]);
            s4 = a4.fma(u, s4);
            FloatVector a5 = FloatVector.broadcast(SPECIES, a[r5 + k]);
            s5 = a5.fma(u, s5);
        }
        int o0 = outRows[or];
        int o1 = outRows[or + Math.min(1, last)];
        int o2 = outRows[or + Math.min(2, last)];
        int o3 = outRows[or + Math.min(3, last)];
        int o4 = outRows[or + Math.min(4, last)];
        int o5 = outRows[or + Math.min(5, last)];
        s0 = s0.add(FloatVector.fromArray(SPECIES, start, so + (o0 & mask)));
        s1 = s1.add(FloatVector.fromArray(SPECIES, start, so + (o1 & mask)));
        s2 = s2.add(FloatVector.fromArray(SPECIES, start, so + (o2 & mask)));
        s3 = s3.add(FloatVector.fromArray(SPECIES, start, so + (o3 & mask)));
        s4 = s4.add(FloatVector.fromArray(SPECIES, start, so + (o4 & mask)));
        s5 = s5.add(FloatVector.fromArray(SPECIES, start, so + (o5 & mask)));
        s0.intoArray(out, oo + o0);
        s1.intoArray(out, oo + o1);
        s2.intoArray(out, oo + o2);
        s3.intoArray(out, oo + o3);
        s4.intoArray(out, oo + o4);
        s5.intoArray(out, oo + o5);
    }
}
