package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Pixels that follow one another at equal steps, in a as well as in the result, one vector of channels of each: the filters
 * stay in registers meanwhile.
 *
 * <p>Term k adds {@code terms[2k]} to the place in a and {@code terms[2k + 1]} to the place in b. The sum begins with the bias and
 * ends between low and high.
 */
final class DepthwiseRun {
    private DepthwiseRun() {}

    /** Nine terms. */
    static void nine(
            float[] a,
            int ai,
            int aStep,
            int[] terms,
            float[] b,
            int bo,
            float[] bias,
            int biasO,
            float low,
            float high,
            float[] out,
            int oi,
            int outStep,
            int n) {
        int t0 = ai + terms[0];
        int t1 = ai + terms[2];
        int t2 = ai + terms[4];
        int t3 = ai + terms[6];
        int t4 = ai + terms[8];
        int t5 = ai + terms[10];
        int t6 = ai + terms[12];
        int t7 = ai + terms[14];
        int t8 = ai + terms[16];
        FloatVector w0 = FloatVector.fromArray(SPECIES, b, bo + terms[1]);
        FloatVector w1 = FloatVector.fromArray(SPECIES, b, bo + terms[3]);
        FloatVector w2 = FloatVector.fromArray(SPECIES, b, bo + terms[5]);
        FloatVector w3 = FloatVector.fromArray(SPECIES, b, bo + terms[7]);
        FloatVector w4 = FloatVector.fromArray(SPECIES, b, bo + terms[9]);
        FloatVector w5 = FloatVector.fromArray(SPECIES, b, bo + terms[11]);
        FloatVector w6 = FloatVector.fromArray(SPECIES, b, bo + terms[13]);
        FloatVector w7 = FloatVector.fromArray(SPECIES, b, bo + terms[15]);
        FloatVector w8 = FloatVector.fromArray(SPECIES, b, bo + terms[17]);
        FloatVector shift = FloatVector.fromArray(SPECIES, bias, biasO);
        int to = oi;
        int o = 0;
        for (int i = 0; i < n; i++) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, t0 + o).mul(w0);
            FloatVector y = FloatVector.fromArray(SPECIES, a, t1 + o).mul(w1);
            FloatVector z = FloatVector.fromArray(SPECIES, a, t2 + o).mul(w2);
            x = FloatVector.fromArray(SPECIES, a, t3 + o).fma(w3, x);
            y = FloatVector.fromArray(SPECIES, a, t4 + o).fma(w4, y);
            z = FloatVector.fromArray(SPECIES, a, t5 + o).fma(w5, z);
            x = FloatVector.fromArray(SPECIES, a, t6 + o).fma(w6, x);
            y = FloatVector.fromArray(SPECIES, a, t7 + o).fma(w7, y);
            z = FloatVector.fromArray(SPECIES, a, t8 + o).fma(w8, z);
            FloatVector sum = x.add(y).add(z).add(shift);
            sum = sum.blend(low, sum.compare(VectorOperators.LT, low));
            sum.blend(high, sum.compare(VectorOperators.GT, high)).intoArray(out, to);
            o += aStep;
            to += outStep;
        }
    }

    /** Six terms. */
    static void six(
            float[] a,
            int ai,
            int aStep,
            int[] terms,
            float[] b,
            int bo,
            float[] bias,
            int biasO,
            float low,
            float high,
            float[] out,
            int oi,
            int outStep,
            int n) {
        int t0 = ai + terms[0];
        int t1 = ai + terms[2];
        int t2 = ai + terms[4];
        int t3 = ai + terms[6];
        int t4 = ai + terms[8];
        int t5 = ai + terms[10];
        FloatVector w0 = FloatVector.fromArray(SPECIES, b, bo + terms[1]);
        FloatVector w1 = FloatVector.fromArray(SPECIES, b, bo + terms[3]);
        FloatVector w2 = FloatVector.fromArray(SPECIES, b, bo + terms[5]);
        FloatVector w3 = FloatVector.fromArray(SPECIES, b, bo + terms[7]);
        FloatVector w4 = FloatVector.fromArray(SPECIES, b, bo + terms[9]);
        FloatVector w5 = FloatVector.fromArray(SPECIES, b, bo + terms[11]);
        FloatVector shift = FloatVector.fromArray(SPECIES, bias, biasO);
        int to = oi;
        int o = 0;
        for (int i = 0; i < n; i++) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, t0 + o).mul(w0);
            FloatVector y = FloatVector.fromArray(SPECIES, a, t1 + o).mul(w1);
            FloatVector z = FloatVector.fromArray(SPECIES, a, t2 + o).mul(w2);
            x = FloatVector.fromArray(SPECIES, a, t3 + o).fma(w3, x);
            y = FloatVector.fromArray(SPECIES, a, t4 + o).fma(w4, y);
            z = FloatVector.fromArray(SPECIES, a, t5 + o).fma(w5, z);
            FloatVector sum = x.add(y).add(z).add(shift);
            sum = sum.blend(low, sum.compare(VectorOperators.LT, low));
            sum.blend(high, sum.compare(VectorOperators.GT, high)).intoArray(out, to);
            o += aStep;
            to += outStep;
        }
    }
}
