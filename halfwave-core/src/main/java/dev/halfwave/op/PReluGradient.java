package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ChannelKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link PRelu}: {@code dx = x > 0 ? dy : slope[c] · dy} and {@code dslope[c] = Σ min(x, 0) · dy}.
 *
 * <p>Inputs: dy and x {@code [..., C]}, slope {@code [C]}; outputs: dx {@code [..., C]} and dslope {@code [C]}.
 */
public record PReluGradient() implements Op {
    @Override
    public String name() {
        return "prelu_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 3, 3);
        Expect.shape("a gradient", inputs.get(0), inputs.get(1));
        Expect.perChannel("slopes", inputs.get(2), inputs.get(1));
        return List.of(inputs.get(1), inputs.get(2));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] dy = inputs.get(0).data();
        double[] x = inputs.get(1).data();
        double[] slope = inputs.get(2).data();
        DoubleTensor dx = DoubleTensor.zeros(inputs.get(1).shape());
        DoubleTensor dslope = DoubleTensor.zeros(inputs.get(2).shape());
        for (int i = 0; i < x.length; i++) {
            int c = i % slope.length;
            dx.data()[i] = x[i] > 0 ? dy[i] : slope[c] * dy[i];
            dslope.data()[c] += Math.min(x[i], 0) * dy[i];
        }
        return List.of(dx, dslope);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value ddx) {
        throw Op.noGradient(node);
    }

    /** A chunk's slopes come before its dx, which may overwrite dy. */
    @Override
    public Step lower(Lowering lowering) {
        Slot dy = lowering.input(0);
        Slot x = lowering.input(1);
        Slot slope = lowering.input(2);
        Slot dx = lowering.output(0);
        Slot dslope = lowering.output(1);
        int c = lowering.inputShape(2).elements();
        Chunks chunks = Chunks.of(lowering.inputShape(0).rows());
        Slot partial = lowering.scratch(chunks.count() * c);
        ChannelKernels kernels = lowering.kernels().channels();
        return Step.sequence(
                Step.tasks(chunks.count(), (f, i) -> {
                    int at = chunks.start(i) * c;
                    int rows = chunks.length(i);
                    float[] dys = f.array(dy);
                    float[] xs = f.array(x);
                    int dyo = dy.offset() + at;
                    int xo = x.offset() + at;
                    kernels.preluSlopeGradient(dys, dyo, xs, xo, f.array(partial), partial.offset() + i * c, rows, c);
                    kernels.preluGradient(
                            dys, dyo, xs, xo, f.array(slope), slope.offset(), f.array(dx), dx.offset() + at, rows, c);
                }),
                f -> chunks.merge(f.array(partial), partial.offset(), f.array(dslope), dslope.offset(), c));
    }

    @Override
    public boolean inPlace(int input) {
        return input == 0;
    }
}
