package dev.halfwave.kernel.simd;

import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** The width of vectors in this run: the CPU's preferred one, or what {@code -Dhalfwave.simd.bits} says. */
final class Lanes {
    /** The property that sets the width in bits: 128, 256 or 512. */
    static final String PROPERTY = "halfwave.simd.bits";

    /** Vectors of floats. */
    static final VectorSpecies<Float> SPECIES = VectorSpecies.of(float.class, shape(System.getProperty(PROPERTY)));

    /** Vectors of as many ints. */
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    /** Floats in a vector. */
    static final int COUNT = SPECIES.length();

    /** Floats in two vectors: the width of a panel. */
    static final int PANEL = 2 * COUNT;

    /** Whether there are 32 registers for vectors, as with AVX-512 and NEON, rather than AVX2's 16. */
    static final boolean MANY_REGISTERS =
            COUNT == 16 || System.getProperty("os.arch", "").equals("aarch64");

    /** Rows that are handed to {@link Tiles} at once, where they fall into one or more tiles. */
    static final int ROWS = 12;

    /** Rotations by half a vector, a quarter and so on down to one lane. */
    private static final List<VectorShuffle<Float>> ROTATIONS = rotations();

    static {
        FirstUse.ofOperators(SPECIES, INTS);
    }

    private Lanes() {}

    private static List<VectorShuffle<Float>> rotations() {
        return IntStream.iterate(COUNT / 2, distance -> distance > 0, distance -> distance / 2)
                .mapToObj(distance -> VectorShuffle.iota(SPECIES, distance, 1, true))
                .toList();
    }

    /**
     * The sum of a vector's lanes: half is added to half, until one is left. {@code reduceLanes} leaves the order open, and takes
     * another one once the method around it is compiled: the same call would not always give the same bits.
     */
    static float sum(FloatVector lanes) {
        FloatVector sums = lanes;
        for (int i = 0; i < ROTATIONS.size(); i++) {
            sums = sums.add(sums.rearrange(ROTATIONS.get(i)));
        }
        return sums.lane(0);
    }

    /**
     * The shape for a number of bits, or the CPU's preferred one for null.
     *
     * @throws IllegalArgumentException if vectors do not come in that width
     */
    static VectorShape shape(@Nullable String bits) {
        if (bits == null) {
            VectorShape preferred = FloatVector.SPECIES_PREFERRED.vectorShape();
            return preferred.vectorBitSize() > 512 ? VectorShape.S_512_BIT : preferred;
        }
        return switch (bits) {
            case "128" -> VectorShape.S_128_BIT;
            case "256" -> VectorShape.S_256_BIT;
            case "512" -> VectorShape.S_512_BIT;
            default ->
                throw new IllegalArgumentException(PROPERTY + ": expected 128, 256 or 512, received \"" + bits
                        + "\"; leave it out for the width that this CPU prefers");
        };
    }
}
