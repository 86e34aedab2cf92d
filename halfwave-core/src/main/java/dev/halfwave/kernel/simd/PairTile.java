package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles as of {@link RunTile}, four vectors wide: those of two panels, which begin at {@code bo} and {@code bo2}.
 *
 * <p>For 16 products it loads 8 times, where a tile of 12 by 2 vectors loads 14 times for 24, and has but four rows whose places
 * take registers.
 */
final class PairTile {
    private PairTile() {}

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
            int bo2,
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
        FloatVector w0 = FloatVector.zero(SPECIES);
        FloatVector x0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector t1 = FloatVector.zero(SPECIES);
        FloatVector w1 = FloatVector.zero(SPECIES);
        FloatVector x1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector t2 = FloatVector.zero(SPECIES);
        FloatVector w2 = FloatVector.zero(SPECIES);
        FloatVector x2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        FloatVector t3 = FloatVector.zero(SPECIES);
        FloatVector w3 = FloatVector.zero(SPECIES);
        FloatVector x3 = FloatVector.zero(SPECIES);
        for (int k = from; k < to; k++) {
            int p = bo + k * PANEL;
            int q = bo2 + k * PANEL;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, p);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, p + COUNT);
            FloatVector b2 = FloatVector.fromArray(SPECIES, b, q);
            FloatVector b3 = FloatVector.fromArray(SPECIES, b, q + COUNT);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[r0 + k]);
            s0 = a0.fma(b0, s0);
            t0 = a0.fma(b1, t0);
            w0 = a0.fma(b2, w0);
            x0 = a0.fma(b3, x0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[r1 + k]);
            s1 = a1.fma(b0, s1);
            t1 = a1.fma(b1, t1);
            w1 = a1.fma(b2, w1);
            x1 = a1.fma(b3, x1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[r2 + k]);
            s2 = a2.fma(b0, s2);
            t2 = a2.fma(b1, t2);
            w2 = a2.fma(b2, w2);
            x2 = a2.fma(b3, x2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[r3 + k]);
            s3 = a3.fma(b0, s3);
            t3 = a3.fma(b1, t3);
            w3 = a3.fma(b2, w3);
            x3 = a3.fma(b3, x3);
        }
        int o0 = outRows[or];
        int o1 = outRows[or + Math.min(1, last)];
        int o2 = outRows[or + Math.min(2, last)];
        int o3 = outRows[or + Math.min(3, last)];
        s0 = s0.add(FloatVector.fromArray(SPECIES, start, so + (o0 & mask)));
        t0 = t0.add(FloatVector.fromArray(SPECIES, start, so + (o0 & mask) + COUNT));
        w0 = w0.add(FloatVector.fromArray(SPECIES, start, so + (o0 & mask) + 2 * COUNT));
        x0 = x0.add(FloatVector.fromArray(SPECIES, start, so + (o0 & mask) + 3 * COUNT));
        s1 = s1.add(FloatVector.fromArray(SPECIES, start, so + (o1 & mask)));
        t1 = t1.add(FloatVector.fromArray(SPECIES, start, so + (o1 & mask) + COUNT));
        w1 = w1.add(FloatVector.fromArray(SPECIES, start, so + (o1 & mask) + 2 * COUNT));
        x1 = x1.add(FloatVector.fromArray(SPECIES, start, so + (o1 & mask) + 3 * COUNT));
        s2 = s2.add(FloatVector.fromArray(SPECIES, start, so + (o2 & mask)));
        t2 = t2.add(FloatVector.fromArray(SPECIES, start, so + (o2 & mask) + COUNT));
        w2 = w2.add(FloatVector.fromArray(SPECIES, start, so + (o2 & mask) + 2 * COUNT));
        x2 = x2.add(FloatVector.fromArray(SPECIES, start, so + (o2 & mask) + 3 * COUNT));
        s3 = s3.add(FloatVector.fromArray(SPECIES, start, so + (o3 & mask)));
        t3 = t3.add(FloatVector.fromArray(SPECIES, start, so + (o3 & mask) + COUNT));
        w3 = w3.add(FloatVector.fromArray(SPECIES, start, so + (o3 & mask) + 2 * COUNT));
        x3 = x3.add(FloatVector.fromArray(SPECIES, start, so + (o3 & mask) + 3 * COUNT));
        s0.intoArray(out, oo + o0);
        t0.intoArray(out, oo + o0 + COUNT);
        w0.intoArray(out, oo + o0 + 2 * COUNT);
        x0.intoArray(out, oo + o0 + 3 * COUNT);
        s1.intoArray(out, oo + o1);
        t1.intoArray(out, oo + o1 + COUNT);
        w1.intoArray(out, oo + o1 + 2 * COUNT);
        x1.intoArray(out, oo + o1 + 3 * COUNT);
        s2.intoArray(out, oo + o2);
        t2.intoArray(out, oo + o2 + COUNT);
        w2.intoArray(out, oo + o2 + 2 * COUNT);
        x2.intoArray(out, oo + o2 + 3 * COUNT);
        s3.intoArray(out, oo + o3);
        t3.intoArray(out, oo + o3 + COUNT);
        w3.intoArray(out, oo + o3 + 2 * COUNT);
        x3.intoArray(out, oo + o3 + 3 * COUNT);
    }
}
