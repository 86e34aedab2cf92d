package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Tiles as of {@link ColumnTile}, one vector wide. */
final class NarrowColumnTile {
    private NarrowColumnTile() {}

    /** A tile of 12 rows. */
    static void rows12(
            float[] a,
            int ao,
            int[] terms,
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
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        FloatVector s4 = FloatVector.zero(SPECIES);
        FloatVector s5 = FloatVector.zero(SPECIES);
        FloatVector s6 = FloatVector.zero(SPECIES);
        FloatVector s7 = FloatVector.zero(SPECIES);
        FloatVector s8 = FloatVector.zero(SPECIES);
        FloatVector s9 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        for (int k = from; k < to; k++) {
            int o = ao + terms[2 * k];
            int q = bo + terms[2 * k + 1];
            FloatVector u = FloatVector.fromArray(SPECIES, b, q);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[o]);
            s0 = a0.fma(u, s0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[o + 1]);
            s1 = a1.fma(u, s1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[o + 2]);
            s2 = a2.fma(u, s2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[o + 3]);
            s3 = a3.fma(u, s3);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[o + 4]);
            s4 = a4.fma(u, s4);
            FloatVector a5 = FloatVector.broadcast(SPECIES, a[o + 5]);
            s5 = a5.fma(u, s5);
            FloatVector a6 = FloatVector.broadcast(SPECIES, a[o + 6]);
            s6 = a6.fma(u, s6);
            FloatVector a7 = FloatVector.broadcast(SPECIES, a[o + 7]);
            s7 = a7.fma(u, s7);
            FloatVector a8 = FloatVector.broadcast(SPECIES, a[o + 8]);
            s8 = a8.fma(u, s8);
            FloatVector a9 = FloatVector.broadcast(SPECIES, a[o + 9]);
            s9 = a9.fma(u, s9);
            FloatVector a10 = FloatVector.broadcast(SPECIES, a[o + 10]);
            s10 = a10.fma(u, s10);
            FloatVector a11 = FloatVector.broadcast(SPECIES, a[o + 11]);
            s11 = a11.fma(u, s11);
        }
        int o0 = outRows[or];
        int o1 = outRows[or + 1];
        int o2 = outRows[or + 2];
        int o3 = outRows[or + 3];
        int o4 = outRows[or + 4];
        int o5 = outRows[or + 5];
        int o6 = outRows[or + 6];
        int o7 = outRows[or + 7];
        int o8 = outRows[or + 8];
        int o9 = outRows[or + 9];
        int o10 = outRows[or + 10];
        int o11 = outRows[or + 11];
        s0 = s0.add(FloatVector.fromArray(SPECIES, start, so + (o0 & mask)));
        s1 = s1.add(FloatVector.fromArray(SPECIES, start, so + (o1 & mask)));
        s2 = s2.add(FloatVector.fromArray(SPECIES, start, so + (o2 & mask)));
        s3 = s3.add(FloatVector.fromArray(SPECIES, start, so + (o3 & mask)));
        s4 = s4.add(FloatVector.fromArray(SPECIES, start, so + (o4 & mask)));
        s5 = s5.add(FloatVector.fromArray(SPECIES, start, so + (o5 & mask)));
        s6 = s6.add(FloatVector.fromArray(SPECIES, start, so + (o6 & mask)));
        s7 = s7.add(FloatVector.fromArray(SPECIES, start, so + (o7 & mask)));
        s8 = s8.add(FloatVector.fromArray(SPECIES, start, so + (o8 & mask)));
        s9 = s9.add(FloatVector.fromArray(SPECIES, start, so + (o9 & mask)));
        s10 = s10.add(FloatVector.fromArray(SPECIES, start, so + (o10 & mask)));
        s11 = s11.add(FloatVector.fromArray(SPECIES, start, so + (o11 & mask)));
        s0.intoArray(out, oo + o0);
        s1.intoArray(out, oo + o1);
        s2.intoArray(out, oo + o2);
        s3.intoArray(out, oo + o3);
        s4.intoArray(out, oo + o4);
        s5.intoArray(out, oo + o5);
        s6.intoArray(out, oo + o6);
        s7.intoArray(out, oo + o7);
        s8.intoArray(out, oo + o8);
        s9.intoArray(out, oo + o9);
        s10.intoArray(out, oo + o10);
        s11.intoArray(out, oo + o11);
    }
}
