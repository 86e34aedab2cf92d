package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The values that follow from parameters and constants alone: an ONNX model holds what they come to. */
final class Lasting {
    private final Parameters parameters;
    private final Map<Value, Tensor> known = new IdentityHashMap<>();

    Lasting(Parameters parameters) {
        this.parameters = parameters;
    }

    /** What a value comes to whose node is lasting. Parameters are copied anew each time. */
    Tensor of(Value value) {
        if (value.producer().op() instanceof Source.Parameter parameter) {
            return parameters.get(parameter.key());
        }
        if (value.producer().op() instanceof Source.Constant constant) {
            return constant.tensor();
        }
        Tensor before = known.get(value);
        if (before != null) {
            return before;
        }
        evaluate(value.producer());
        return of(value);
    }

    private void evaluate(Node node) {
        List<DoubleTensor> inputs =
                node.inputs().stream().map(input -> DoubleTensor.of(of(input))).toList();
        List<DoubleTensor> outputs = node.op().evaluate(inputs, 0);
        for (int i = 0; i < outputs.size(); i++) {
            known.put(node.outputs().get(i), outputs.get(i).toFloat());
        }
    }

    /** The name of the numbers: a parameter's key, or the node's name. */
    static String name(Value value) {
        return value.producer().op() instanceof Source.Parameter parameter ? parameter.key() : value.name();
    }
}
