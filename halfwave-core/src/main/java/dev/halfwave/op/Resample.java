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
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Taps;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weighted sums along one axis: {@code y[…, i, …] = Σ_t weight[i][t] · x[…, index[i][t], …]}.
 *
 * <p>It serves linear, cubic and antialiased resizing, and sums over windows of channels. The output has the input's
 * shape but for the axis, whose size is that of the taps' outputs. Sums are in float32, in the taps' order; its
 * gradient is itself with the taps transposed.
 *
 * @param axis the axis summed along; negative counts from the end
 * @param taps for each output the inputs it looks at, and their weights
 */
public record Resample(int axis, Taps taps) implements Op {
    @Override
    public String name() {
        return "resample";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Shape x = inputs.get(0);
        int at = Expect.axis(x, axis);
        if (x.size(at) != taps.inputs()) {
            throw new IllegalArgumentException("expected " + taps.inputs() + " elements on axis " + at
                    + " for taps from " + taps + ", received " + x);
        }
        return List.of(x.with(at, taps.outputs()));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor y = DoubleTensor.zeros(x.shape().with(axis, taps.outputs()));
        AxisLoops from = AxisLoops.of(x.shape(), axis);
        AxisLoops.of(y.shape(), axis).each((outer, i, j, at) -> {
            for (int tap = taps.start(i); tap < taps.start(i + 1); tap++) {
                y.data()[at] += taps.weight(tap) * x.data()[from.at(outer, taps.index(tap), j)];
            }
        });
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(g.add(new Resample(axis, taps.transposed()), dy));
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        long lines = inputs.get(0).elements() / Math.max(1, taps.inputs());
        return Math.max(outputs.get(0).elements(), 2 * lines * taps.start(taps.outputs()));
    }

    @Override
    public Step lower(Lowering lowering) {
        return lower(lowering, axis, taps);
    }

    /** The step that computes output 0 from input 0. */
    static Step lower(Lowering lowering, int axis, Taps taps) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        AxisLoops sizes = AxisLoops.of(lowering.outputShape(0), axis);
        AxisKernels kernels = lowering.kernels().axes();
        return Grain.rows(
                sizes.outer() * sizes.size(),
                sizes.inner(),
                (f, from, to) -> kernels.resample(
                        taps, sizes.inner(), f.array(x), x.offset(), f.array(y), y.offset(), from, to));
    }
}
