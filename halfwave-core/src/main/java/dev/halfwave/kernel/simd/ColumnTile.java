package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles whose rows are neighbours in a: {@code out[i] = start[i] + Σ a[term k + i] · b[term k]}, two vectors wide.
 *
 * <p>Otherwise as {@link WideTile}, but faster: the bounds of all rows are checked at once, and one register holds the place of
 * them all.
 */
final class ColumnTile {
    private ColumnTile() {}

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
        FloatVector s6 = FloatVector.zero(SPECIES);
        FloatVector t6 = FloatVector.zero(SPECIES);
        FloatVector s7 = FloatVector.zero(SPECIES);
        FloatVector t7 = FloatVector.zero(SPECIES);
        FloatVector s8 = FloatVector.zero(SPECIES);
        FloatVector t8 = FloatVector.zero(SPECIES);
        FloatVector s9 = FloatVector.zero(SPECIES);
        FloatVector t9 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector t10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector t11 = FloatVector.zero(SPECIES);
        for (int k = from; k < to; k++) {
            int o = ao + terms[2 * k];
            int q = bo + terms[2 * k + 1];
            FloatVector u = FloatVector.fromArray(SPECIES, b, q);
            FloatVector v = FloatVector.fromArray(SPECIES, b, q + COUNT);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[o]);
            s0 = a0.fma(u, s0);
            t0 = a0.fma(v, t0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[o + 1]);
            s1 = a1.fma(u, s1);
            t1 = a1.fma(v, t1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[o + 2]);
            s2 = a2.fma(u, s2);
            t2 = a2.fma(v, t2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[o + 3]);
            s3 = a3.fma(u, s3);
            t3 = a3.fma(v, t3);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[o + 4]);
            s4 = a4.fma(u, s4);
            t4 = a4.fma(v, t4);
            FloatVector a5 = FloatVector.broadcast(SPECIES, a[o + 5]);
            s5 = a5.fma(u, s5);
            t5 = a5.fma(v, t5);
            FloatVector a6 = FloatVector.broadcast(SPECIES, a[o + 6]);
            s6 = a6.fma(u, s6);
            t6 = a6.fma(v, t6);
            FloatVector a7 = FloatVector.broadcast(SPECIES, a[o + 7]);
            s7 = a7.fma(u, s7);
            t7 = a7.fma(v, t7);
            FloatVector a8 = FloatVector.broadcast(SPECIES, a[o + 8]);
            s8 = a8.fma(u, s8);
            t8 = a8.fma(v, t8);
            FloatVector a9 = FloatVector.broadcast(SPECIES, a[o + 9]);
            s9 = a9.fma(u, s9);
            t9 = a9.fma(v, t9);
            FloatVector a10 = FloatVector.broadcast(SPECIES, a[o + 10]);
            s10 = a10.fma(u, s10);
            t10 = a10.fma(v, t10);
            FloatVector a11 = FloatVector.broadcast(SPECIES, a[o + 11]);
            s11 = a11.fma(u, s11);
            t11 = a11.fma(v, t11);
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
        s6 = s6.add(FloatVector.fromArray(SPECIES, start, so + (o6 & mask)));
        t6 = t6.add(FloatVector.fromArray(SPECIES, start, so + (o6 & mask) + COUNT));
        s7 = s7.add(FloatVector.fromArray(SPECIES, start, so + (o7 & mask)));
        t7 = t7.add(FloatVector.fromArray(SPECIES, start, so + (o7 & mask) + COUNT));
        s8 = s8.add(FloatVector.fromArray(SPECIES, start, so + (o8 & mask)));
        t8 = t8.add(FloatVector.fromArray(SPECIES, start, so + (o8 & mask) + COUNT));
        s9 = s9.add(FloatVector.fromArray(SPECIES, start, so + (o9 & mask)));
        t9 = t9.add(FloatVector.fromArray(SPECIES, start, so + (o9 & mask) + COUNT));
        s10 = s10.add(FloatVector.fromArray(SPECIES, start, so + (o10 & mask)));
        t10 = t10.add(FloatVector.fromArray(SPECIES, start, so + (o10 & mask) + COUNT));
        s11 = s11.add(FloatVector.fromArray(SPECIES, start, so + (o11 & mask)));
        t11 = t11.add(FloatVector.fromArray(SPECIES, start, so + (o11 & mask) + COUNT));
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
        s6.intoArray(out, oo + o6);
        t6.intoArray(out, oo + o6 + COUNT);
        s7.intoArray(out, oo + o7);
        t7.intoArray(out, oo + o7 + COUNT);
        s8.intoArray(out, oo + o8);
        t8.intoArray(out, oo + o8 + COUNT);
        s9.intoArray(out, oo + o9);
        t9.intoArray(out, oo + o9 + COUNT);
        s10.intoArray(out, oo + o10);
        t10.intoArray(out, oo + o10 + COUNT);
        s11.intoArray(out, oo + o11);
        t11.intoArray(out, oo + o11 + COUNT);
    }

    /** A tile of 4 rows. */
    static void rows4(
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
        FloatVector t0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector t1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector t2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        FloatVector t3 = FloatVector.zero(SPECIES);
        for (int k = from; k < to; k++) {
            int o = ao + terms[2 * k];
            int q = bo + terms[2 * k + 1];
            FloatVector u = FloatVector.fromArray(SPECIES, b, q);
            FloatVector v = FloatVector.fromArray(SPECIES, b, q + COUNT);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[o]);
            s0 = a0.fma(u, s0);
            t0 = a0.fma(v, t0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[o + 1]);
            s1 = a1.fma(u, s1);
            t1 = a1.fma(v, t1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[o + 2]);
            s2 = a2.fma(u, s2);
            t2 = a2.fma(v, t2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[o + 3]);
            s3 = a3.fma(u, s3);
            t3 = a3.fma(v, t3);
        }
        int o0 = outRows[or];
        int o1 = outRows[or + 1];
        int o2 = outRows[or + 2];
        int o3 = outRows[or + 3];
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
