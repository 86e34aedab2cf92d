package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.CounterRandom.M1;
import static dev.halfwave.kernel.CounterRandom.M2;
import static dev.halfwave.kernel.CounterRandom.M3;
import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.INTS;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.kernel.CounterRandom;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Dropout on vectors: {@link CounterRandom#bits} in int lanes, counters from the element's number. */
final class DropoutLoop {
    private static final IntVector NUMBERS = IntVector.zero(INTS).addIndex(1);

    private DropoutLoop() {}

    /** {@code out = keep ? scale · a : 0}; out may be a. */
    static void run(float[] a, int ao, float[] out, int oo, int n, int first, long key, int threshold, float scale) {
        int low = (int) key;
        int high = (int) (key >>> 32);
        int signed = threshold ^ Integer.MIN_VALUE; // lanes compare with signs, so both sides are moved
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            IntVector z = NUMBERS.add(first + i).lanewise(VectorOperators.XOR, low);
            z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 16))
                    .mul(M1);
            z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 15))
                    .mul(M2);
            z = z.lanewise(VectorOperators.XOR, high);
            z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 16))
                    .mul(M3);
            z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 15))
                    .mul(M1);
            z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 16));
            z = z.lanewise(VectorOperators.XOR, Integer.MIN_VALUE);
            VectorMask<Integer> drop = z.compare(VectorOperators.LT, signed);
            IntVector kept =
                    FloatVector.fromArray(SPECIES, a, ao + i).mul(scale).reinterpretAsInts();
            kept.blend(0, drop).reinterpretAsFloats().intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            boolean keep = Integer.compareUnsigned(CounterRandom.bits(key, first + i), threshold) >= 0;
            out[oo + i] = keep ? scale * a[ao + i] : 0;
        }
    }
}
