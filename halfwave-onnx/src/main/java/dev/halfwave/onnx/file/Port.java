package dev.halfwave.onnx.file;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or output of a model as the file declares it.
 *
 * @param name its name
 * @param type its elements
 * @param dims its sizes; empty for a scalar, and where the file does not say
 * @param ranked whether the file says how many axes there are
 */
public record Port(String name, ElementType type, List<Dim> dims, boolean ranked) {

    /**
     * One size.
     *
     * @param size the size, or −1 if it is not fixed
     * @param symbol the name of a size that is not fixed, empty if it has none
     */
    public record Dim(long size, String symbol) {
        /** Whether the file fixes it. */
        public boolean isFixed() {
            return size >= 0;
        }

        @Override
        public String toString() {
            return isFixed() ? Long.toString(size) : symbol.isEmpty() ? "?" : symbol;
        }
    }

    /** As in {@code images: float[N, 1, 28, 28]}. */
    @Override
    public String toString() {
        String sizes = ranked ? dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]")) : "[…]";
        return name + ": " + type.name().toLowerCase(java.util.Locale.ROOT) + sizes;
    }
}
