package dev.halfwave.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of a vector: what the CPU prefers, or {@code -Dhalfwave.simd.bits=128|256|512}.
 *
 * <p>It is chosen once, since the compiler turns vector code into instructions only if it knows the width for certain.
 */
final class Lanes {
    /** The shape of every vector. */
    static final VectorSpecies<Float> SPECIES = species(Integer.getInteger("halfwave.simd.bits"));

    /** Floats in a vector. */
    static final int COUNT = SPECIES.length();

    /** Floats in two vectors: the width of a panel. */
    static final int PANEL = 2 * COUNT;

    /** Rows of the tallest tile that keeps its sums in registers: 24 of AVX-512's and NEON's 32, or 12 of AVX2's 16. */
    static final int ROWS = COUNT == 16 || System.getProperty("os.arch", "").equals("aarch64") ? 12 : 6;

    private Lanes() {}

    /** @throws IllegalArgumentException if the number of bits is none that vectors come in */
    static VectorSpecies<Float> species(@org.jspecify.annotations.Nullable Integer bits) {
        if (bits == null) {
            VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
            return preferred.length() > 16 ? FloatVector.SPECIES_512 : preferred;
        }
        return switch (bits) {
            case 128 -> FloatVector.SPECIES_128;
            case 256 -> FloatVector.SPECIES_256;
            case 512 -> FloatVector.SPECIES_512;
            default ->
                throw new IllegalArgumentException("halfwave.simd.bits: expected 128, 256 or 512, received " + bits
                        + "; leave it out for the width that this CPU prefers");
        };
    }
}
