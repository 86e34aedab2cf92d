package dev.halfwave.onnx;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.onnx.translate.Operand;
import dev.halfwave.onnx.translate.Translation;
import dev.halfwave.tensor.DoubleTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model as a graph for certain input sizes.
 *
 * @param graph from the file's inputs to its outputs
 * @param types what the file says the outputs' elements are
 * @param known outputs that follow from constants alone, in double precision
 */
public record Imported(Graph graph, Map<String, ElementType> types, Map<String, DoubleTensor> known) {

    static Imported of(Iterable<Port> outputs, Translation translation, GraphBuilder g) {
        Map<String, ElementType> types = new LinkedHashMap<>();
        Map<String, DoubleTensor> known = new LinkedHashMap<>();
        for (Port output : outputs) {
            Operand operand = translation.operand(output.name());
            g.output(output.name(), operand.value());
            types.put(output.name(), operand.type());
            DoubleTensor content = translation.known(operand.value());
            if (content != null && (!operand.type().isFloating() || operand.type() == ElementType.DOUBLE)) {
                known.put(output.name(), content);
            }
        }
        return new Imported(g.build(), types, known);
    }
}
