package dev.halfwave.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Uses every operator of the kernels once, before anything is compiled.
 *
 * <p>The Vector API looks an operator's implementation up in a cache, which it fills at the operator's first use. Where that
 * happens in compiled code, C2 is trapped: it had not seen that path. The trap is charged to the cache's method, which is part of
 * every operation, and so to a kernel as often as it has operations. A kernel that comes to more than {@code PerMethodTrapLimit} is
 * compiled without assumptions about vectors' classes from then on, and stores each of them by a call: half as fast, in some processes
 * and not in others.
 */
final class FirstUse {
    private FirstUse() {}

    static void ofOperators(VectorSpecies<Float> floats, VectorSpecies<Integer> ints) {
        FloatVector one = FloatVector.broadcast(floats, 1f);
        one.abs().neg().sqrt();
        one.add(one).sub(one).mul(one).div(one).min(one).max(one).fma(one, one);
        one.reduceLanes(VectorOperators.MAX);
        one.reduceLanes(VectorOperators.ADD);
        IntVector two = IntVector.broadcast(ints, 2);
        two.add(two).sub(two).mul(two).min(two).max(two).and(two).or(two).lanewise(VectorOperators.XOR, two);
        two.lanewise(VectorOperators.LSHL, 1)
                .lanewise(VectorOperators.LSHR, 1)
                .lanewise(VectorOperators.ASHR, 1)
                .lanewise(VectorOperators.ABS);
    }
}
