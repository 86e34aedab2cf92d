package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same elements under another shape. Nothing is copied.
 *
 * @param shape the new sizes
 */
public record Reshape(Shape shape) implements Op {
    @Override
    public String name() {
        return "reshape";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        if (inputs.get(0).elements() != shape.elements()) {
            throw new IllegalArgumentException(
                    "expected " + shape.elements() + " elements for shape " + shape + ", received " + inputs.get(0));
        }
        return List.of(shape);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        return List.of(new DoubleTensor(shape, inputs.get(0).data()));
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(g.add(new Reshape(node.input(0).shape()), dy));
    }

    @Override
    public Step lower(Lowering lowering) {
        return Step.sequence();
    }

    @Override
    public boolean isView() {
        return true;
    }
}
