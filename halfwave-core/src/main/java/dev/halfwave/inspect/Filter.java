package dev.halfwave.inspect;

import dev.halfwave.name.Names;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A feature detector made by hand: the numbers that are laid over each place of an image, multiplied with it and
 * summed.
 *
 * <p>As in every convolution here the numbers are not flipped: {@code sobel-x} answers with positive values where the
 * image gets brighter to the right.
 *
 * @param name what it is called
 * @param weights the numbers, {@code [rows, columns]}
 */
public record Filter(String name, Tensor weights) {
    private static final Map<String, Tensor> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("sobel-x", square(-1, 0, 1, -2, 0, 2, -1, 0, 1));
        KNOWN.put("sobel-y", square(-1, -2, -1, 0, 0, 0, 1, 2, 1));
        KNOWN.put("laplacian", square(0, 1, 0, 1, -4, 1, 0, 1, 0));
        KNOWN.put("emboss", square(-2, -1, 0, -1, 1, 1, 0, 1, 2));
        KNOWN.put("sharpen", square(0, -1, 0, -1, 5, -1, 0, -1, 0));
    }

    /** @throws IllegalArgumentException unless the weights are {@code [rows, columns]} with at least one of each */
    public Filter {
        if (weights.shape().rank() != 2 || weights.shape().elements() == 0) {
            throw new IllegalArgumentException(
                    "filter " + name + ": expected weights [rows, columns], received " + weights.shape());
        }
    }

    private static Tensor square(float... weights) {
        return Tensor.of(Shape.of(3, 3), weights);
    }

    /** The names of the well-known ones. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /**
     * A well-known filter by name.
     *
     * @throws IllegalArgumentException if the name is unknown; the nearest one is suggested
     */
    public static Filter of(String name) {
        Tensor weights = KNOWN.get(name);
        if (weights == null) {
            throw Names.unknown("filter", name, KNOWN.keySet());
        }
        return new Filter(name, weights.copy());
    }
}
