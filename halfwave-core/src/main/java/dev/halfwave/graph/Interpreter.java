package dev.halfwave.graph;

import dev.halfwave.tensor.DoubleTensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a graph in double precision by the ops' own definitions: slow, without kernels, and what kernels are held
 * against.
 */
public final class Interpreter {
    private final Map<Value, DoubleTensor> values = new IdentityHashMap<>();

    /**
     * Evaluates every node.
     *
     * @param sources the inputs and parameters by key
     * @param randomKey what keys everything random in this run
     * @throws IllegalArgumentException if a source is missing or has another shape
     */
    public Interpreter(Graph graph, Map<String, DoubleTensor> sources, long randomKey) {
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Source source) {
                values.put(node.output(), provide(source, sources));
                continue;
            }
            List<DoubleTensor> inputs = node.inputs().stream().map(values::get).toList();
            List<DoubleTensor> outputs = node.op().evaluate(inputs, randomKey);
            for (int i = 0; i < outputs.size(); i++) {
                values.put(node.outputs().get(i), outputs.get(i));
            }
        }
    }

    private static DoubleTensor provide(Source source, Map<String, DoubleTensor> sources) {
        if (source instanceof Source.Constant constant) {
            return DoubleTensor.of(constant.tensor());
        }
        String key = source instanceof Source.Input input ? input.key() : ((Source.Parameter) source).key();
        DoubleTensor given = sources.get(key);
        if (given == null || !given.shape().equals(source.shape())) {
            throw new IllegalArgumentException(key + ": expected shape " + source.shape() + ", received "
                    + (given == null ? "nothing" : given.shape().toString()));
        }
        return given;
    }

    /** What a value came to. */
    public DoubleTensor get(Value value) {
        DoubleTensor result = values.get(value);
        if (result == null) {
            throw new IllegalArgumentException(value.name() + ": expected a value of the interpreted graph");
        }
        return result;
    }
}
