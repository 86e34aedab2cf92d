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
 * The rectifier with a learnt slope per channel on its negative side.
 *
 * <p>{@code y = x > 0 ? x : slope[c] · x}. Inputs: x {@code [..., C]} and slope {@code [C]}; output {@code [..., C]}.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015, section 2.1</a>
 */
public record PRelu() implements Op {
    @Override
    public String name() {
        return "prelu";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        Expect.perChannel("slopes", inputs.get(1), inputs.get(0));
        return List.of(inputs.get(0));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] x = inputs.get(0).data();
        double[] slope = inputs.get(1).data();
        DoubleTensor y = DoubleTensor.zeros(inputs.get(0).shape());
        for (int i = 0; i < x.length; i++) {
            y.data()[i] = x[i] > 0 ? x[i] : slope[i % slope.length] * x[i];
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Node gradient = g.addNode(new PReluGradient(), List.of(dy, node.input(0), node.input(1)));
        return List.copyOf(gradient.outputs());
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot slope = lowering.input(1);
        Slot y = lowering.output(0);
        int c = lowering.inputShape(1).elements();
        ChannelKernels kernels = lowering.kernels().channels();
        return Grain.rows(
                lowering.outputShape(0).rows(),
                c,
                (f, from, to) -> kernels.prelu(
                        f.array(x),
                        x.offset() + from * c,
                        f.array(slope),
                        slope.offset(),
                        f.array(y),
                        y.offset() + from * c,
                        to - from,
                        c));
    }

    @Override
    public boolean inPlace(int input) {
        return input == 0;
    }
}
