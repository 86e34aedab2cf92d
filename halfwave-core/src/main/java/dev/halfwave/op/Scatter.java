package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Taps;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds elements up where their indices say, the gradient of {@link Take}: {@code y[…, j, …] = Σ x[…, i, …]} over all i
 * with {@code indices[i] = j}, in ascending order; 0 where there are none.
 *
 * <p>The output has the input's shape but for the axis.
 *
 * @param axis the axis of the indices; negative counts from the end
 * @param indices for each element of the input's axis its place in the output's
 * @param size the axis's size in the output
 */
public record Scatter(int axis, Indices indices, int size) implements Op {
    @Override
    public String name() {
        return "scatter";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Shape x = inputs.get(0);
        Expect.axis(x, axis);
        Expect.shape("one element for each index", x, x.with(axis, indices.size()));
        Shape y = x.with(axis, size);
        Expect.indices(y, axis, indices);
        return List.of(y);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor y = DoubleTensor.zeros(x.shape().with(axis, size));
        AxisLoops whole = AxisLoops.of(y.shape(), axis);
        AxisLoops.of(x.shape(), axis)
                .each((outer, i, j, at) -> y.data()[whole.at(outer, indices.get(i), j)] += x.data()[at]);
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(g.add(new Take(axis, indices), dy));
    }

    /** By the transposed matrix, so that every output has one task that adds it up. */
    @Override
    public Step lower(Lowering lowering) {
        return Resample.lower(lowering, axis, Taps.of(size, indices).transposed());
    }
}
