package dev.halfwave.op;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.ConvKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A convolution that adds to what came around it: {@code y = f(r + conv(x, w) + b)}, the end of a residual block in one
 * pass.
 *
 * <p>Inputs: x, w and b as {@link Conv2d}'s, and r {@code [N, OH, OW, K]}; output {@code [N, OH, OW, K]}. Where nothing
 * else reads r, the result takes its place in memory.
 *
 * @param vertical how the window moves over rows
 * @param horizontal how the window moves over columns
 * @param groups into how many independent groups the channels are divided
 * @param activation f; identity for none
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, equation 1</a>
 */
public record ResidualConv2d(Window vertical, Window horizontal, int groups, Activation activation) implements Op {
    private static final int RESIDUAL = 3;

    @Override
    public String name() {
        return "residual_conv2d";
    }

    private Conv2d conv() {
        return new Conv2d(vertical, horizontal, groups);
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 4, 4);
        List<Shape> y = conv().infer(inputs.subList(0, RESIDUAL));
        Expect.shape("a residual", inputs.get(RESIDUAL), y.get(0));
        return y;
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor sum =
                conv().evaluate(inputs.subList(0, RESIDUAL), randomKey).get(0);
        for (int i = 0; i < sum.data().length; i++) {
            sum.data()[i] = activation.at(sum.data()[i] + inputs.get(RESIDUAL).data()[i]);
        }
        return List.of(sum);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value dz = ActivateGradient.through(g, node, activation, dy);
        List<@Nullable Value> gradients = new ArrayList<>(conv().differentiate(g, node, dz));
        gradients.add(dz);
        return gradients;
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return ConvLoops.flops(outputs.get(0), inputs.get(1)) + outputs.get(0).elements();
    }

    @Override
    public Step lower(Lowering lowering) {
        ConvGeometry g = conv().geometry(lowering.inputShape(0), lowering.inputShape(1));
        ConvKernels kernels = lowering.kernels().conv();
        Slot r = lowering.input(RESIDUAL);
        Slot y = lowering.output(0);
        Optional<BilinearKernel> onto = kernels.forwardOnto(g, true, activation);
        if (onto.isEmpty()) {
            Slot apart = lowering.scratch(lowering.outputShape(0).elements());
            Step conv = Bilinear.lower(lowering, kernels.forward(g, true, new Identity()), true, apart);
            return Step.sequence(conv, Sum.lower(lowering, apart, r, activation));
        }
        Step added = Bilinear.lower(lowering, onto.get(), true);
        return r == y ? added : Step.sequence(copy(r, y, lowering.outputShape(0).elements()), added);
    }

    private static Step copy(Slot from, Slot to, int elements) {
        return Grain.elements(
                elements,
                (f, first, end) -> System.arraycopy(
                        f.array(from), from.offset() + first, f.array(to), to.offset() + first, end - first));
    }

    @Override
    public boolean inPlace(int input) {
        return input == RESIDUAL;
    }
}
