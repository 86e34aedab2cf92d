package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of six rows whose lanes are channels in a as well as in b: {@code out[i] = start[i] + Σ a[row i + term k] ·
 * b[term k]}, all of them vectors.
 *
 * <p>Otherwise as {@link WideTile}.
 */
final class DepthwiseTile {
    /** Rows of a tile. */
    static final int ROWS = 6;

    private DepthwiseTile() {}

    /** A tile of six rows, two vectors wide. */
    static void wide(
            float[] a,
            int ao,
            int[] aRows,
            int ar,
            int last,
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
            int o = terms[2 * k];
            int q = bo + terms[2 * k + 1];
            FloatVector u = FloatVector.fromArray(SPECIES, b, q);
            FloatVector v = FloatVector.fromArray(SPECIES, b, q + COUNT);
            s0 = FloatVector.fromArray(SPECIES, a, r0 + o).fma(u, s0);
            t0 = FloatVector.fromArray(SPECIES, a, r0 + o + COUNT).fma(v, t0);
            s1 = FloatVector.fromArray(SPECIES, a, r1 + o).fma(u, s1);
            t1 = FloatVector.fromArray(SPECIES, a, r1 + o + COUNT).fma(v, t1);
            s2 = FloatVector.fromArray(SPECIES, a, r2 + o).fma(u, s2);
            t2 = FloatVector.fromArray(SPECIES, a, r2 + o + COUNT).fma(v, t2);
            s3 = FloatVector.fromArray(SPECIES, a, r3 + o).fma(u, s3);
            t3 = FloatVector.fromArray(SPECIES, a, r3 + o + COUNT).fma(v, t3);
            s4 = FloatVector.fromArray(SPECIES, a, r4 + o).fma(u, s4);
            t4 = FloatVector.fromArray(SPECIES, a, r4 + o + COUNT).fma(v, t4);
            s5 = FloatVector.fromArray(SPECIES, a, r5 + o).fma(u, s5);
            t5 = FloatVector.fromArray(SPECIES, a, r5 + o + COUNT).fma(v, t5);
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

    /** A tile of six rows, one vector wide. */
    static void narrow(
            float[] a,
            int ao,
            int[] aRows,
            int ar,
            int last,
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
            int o = terms[2 * k];
            int q = bo + terms[2 * k + 1];
            FloatVector u = FloatVector.fromArray(SPECIES, b, q);
            s0 = FloatVector.fromArray(SPECIES, a, r0 + o).fma(u, s0);
            s1 = FloatVector.fromArray(SPECIES, a, r1 + o).fma(u, s1);
            s2 = FloatVector.fromArray(SPECIES, a, r2 + o).fma(u, s2);
            s3 = FloatVector.fromArray(SPECIES, a, r3 + o).fma(u, s3);
            s4 = FloatVector.fromArray(SPECIES, a, r4 + o).fma(u, s4);
            s5 = FloatVector.fromArray(SPECIES, a, r5 + o).fma(u, s5);
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
