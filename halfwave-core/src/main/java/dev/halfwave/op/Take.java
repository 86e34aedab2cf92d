package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.AxisKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements of one axis, by their indices, in any order and as often as wished: {@code y[…, i, …] = x[…, indices[i],
 * …]}.
 *
 * <p>It serves constant gathers, slices with steps, flips, tiling, padding by reflected or repeated edges, and resizing
 * to the nearest neighbour. The output has the input's shape but for the axis, whose size is the number of indices.
 *
 * @param axis the axis taken from; negative counts from the end
 * @param indices the elements taken, each from 0 to the axis's size − 1
 */
public record Take(int axis, Indices indices) implements Op {
    @Override
    public String name() {
        return "take";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Expect.indices(inputs.get(0), axis, indices);
        return List.of(inputs.get(0).with(axis, indices.size()));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor y = DoubleTensor.zeros(x.shape().with(axis, indices.size()));
        AxisLoops from = AxisLoops.of(x.shape(), axis);
        AxisLoops.of(y.shape(), axis)
                .each((outer, i, j, at) -> y.data()[at] = x.data()[from.at(outer, indices.get(i), j)]);
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        int size = node.input(0).shape().size(axis);
        return Arrays.asList(g.add(new Scatter(axis, indices, size), dy));
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        AxisLoops sizes = AxisLoops.of(lowering.inputShape(0), axis);
        AxisKernels kernels = lowering.kernels().axes();
        return Grain.rows(
                sizes.outer() * indices.size(),
                sizes.inner(),
                (f, from, to) -> kernels.take(
                        indices,
                        sizes.size(),
                        sizes.inner(),
                        f.array(x),
                        x.offset(),
                        f.array(y),
                        y.offset(),
                        from,
                        to));
    }
}
