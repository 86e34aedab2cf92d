package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of a product, two vectors wide: {@code out[i] = start[i] + Σ a[row i + term k] · b[term k]}, rows and terms
 * anywhere.
 *
 * <p>Every sum is a local of its own, in one method with one loop, because that is what C2 keeps in registers; arrays
 * of vectors, loops over rows or methods that return vectors all end up on the heap. For the same reason nothing here
 * branches. Rows past the last repeat it: they compute and store the same values again. All methods are too long for C2
 * to put them into their callers, where the loop around them would have the same effect.
 *
 * <p>Parameters, alike for all tiles: row i of the tile takes {@code a} from {@code ao + aRows[ar + i]} and lies in
 * {@code out} at {@code oo + outRows[or + i]}. Term k adds {@code terms[2k]} to the place in a and {@code terms[2k +
 * 1]} to the place in b. What the sums are added to comes from {@code start} at {@code so + (outRows[or + i] & mask)}:
 * from out itself with a mask of −1, the same zeros for every row with a mask of 0.
 */
final class WideTile {
    private WideTile() {}

    /** A tile of 6 rows. */
    static void rows6(
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
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[r0 + o]);
            s0 = a0.fma(u, s0);
            t0 = a0.fma(v, t0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[r1 + o]);
            s1 = a1.fma(u, s1);
            t1 = a1.fma(v, t1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[r2 + o]);
            s2 = a2.fma(u, s2);
            t2 = a2.fma(v, t2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[r3 + o]);
            s3 = a3.fma(u, s3);
            t3 = a3.fma(v, t3);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[r4 + o]);
            s4 = a4.fma(u, s4);
            t4 = a4.fma(v, t4);
            FloatVector a5 = FloatVector.broadcast(SPECIES, a[r5 + o]);
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
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector t0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector t1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector t2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        FloatVector t3 = FloatVector.zero(SPECIES);
        for (int k = from; k < to; k++) {
            int o = terms[2 * k];
            int q = bo + terms[2 * k + 1];
            FloatVector u = FloatVector.fromArray(SPECIES, b, q);
            FloatVector v = FloatVector.fromArray(SPECIES, b, q + COUNT);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[r0 + o]);
            s0 = a0.fma(u, s0);
            t0 = a0.fma(v, t0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[r1 + o]);
            s1 = a1.fma(u, s1);
            t1 = a1.fma(v, t1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[r2 + o]);
            s2 = a2.fma(u, s2);
            t2 = a2.fma(v, t2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[r3 + o]);
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
