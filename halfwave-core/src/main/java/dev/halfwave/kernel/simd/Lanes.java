package dev.halfwave.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The width of vectors in this run: the CPU's preferred one, or what {@code -Dhalfwave.simd.bits} says. */
final class Lanes {
    /** The property that sets the width in bits: 128, 256 or 512. */
    static final String PROPERTY = "halfwave.simd.bits";

    /** Vectors of floats. */
    static final VectorSpecies<Float> F = VectorSpecies.of(float.class, shape());

    /** Vectors of as many ints. */
    static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, shape());

    /** The number of floats in a vector. */
    static final int L = F.length();

    private Lanes() {}

    private static VectorShape shape() {
        String bits = System.getProperty(PROPERTY);
        if (bits == null) {
            return FloatVector.SPECIES_PREFERRED.vectorShape();
        }
        return switch (bits) {
            case "128" -> VectorShape.S_128_BIT;
            case "256" -> VectorShape.S_256_BIT;
            case "512" -> VectorShape.S_512_BIT;
            default ->
                throw new IllegalArgumentException(PROPERTY + ": expected 128, 256 or 512, received \"" + bits
                        + "\"; leave it out for the CPU's own width of " + IntVector.SPECIES_PREFERRED.vectorBitSize());
        };
    }
}
