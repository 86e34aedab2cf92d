package dev.halfwave.onnx.translate;

import dev.halfwave.onnx.file.OnnxNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which inputs of ops decide shapes or settings, although floating point numbers are allowed there. */
public final class Deciding {
    private static final Map<String, List<Integer>> POSITIONS = Map.of(
            "Resize", List.of(1, 2, 3),
            "Upsample", List.of(1),
            "Dropout", List.of(1, 2),
            "Range", List.of(0, 1, 2),
            "Tile", List.of(1, 2));

    private Deciding() {}

    /** The names of the values that have to be known when a graph is made. */
    public static Set<String> names(List<OnnxNode> nodes) {
        Set<String> names = new HashSet<>();
        for (OnnxNode node : nodes) {
            for (int position : POSITIONS.getOrDefault(node.type(), List.of())) {
                if (position < node.inputs().size()) {
                    names.add(node.inputs().get(position));
                }
            }
        }
        return names;
    }
}
