package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.RowKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link LayerNorm}: {@code dx = (dy − mean(dy) − y · mean(dy · y)) / √(variance + ε)}, row by row, with
 * y computed again from x.
 *
 * <p>Inputs: dy and the norm's input x, of one shape {@code [..., K]}, which is also the output's.
 *
 * @param epsilon as in the norm
 */
public record LayerNormGradient(double epsilon) implements Op {
    @Override
    public String name() {
        return "layer_norm_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        Expect.channels("rows", inputs.get(1));
        Expect.shape("a gradient", inputs.get(0), inputs.get(1));
        return List.of(inputs.get(1));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] dy = inputs.get(0).data();
        double[] y = inputs.get(1).data().clone();
        DoubleTensor dx = DoubleTensor.zeros(inputs.get(1).shape());
        LayerNorm norm = new LayerNorm(epsilon);
        int n = dx.shape().size(-1);
        for (int from = 0; from < y.length; from += n) {
            double scale = norm.normalize(y, from, n);
            double sum = 0;
            double dot = 0;
            for (int i = from; i < from + n; i++) {
                sum += dy[i];
                dot += dy[i] * y[i];
            }
            for (int i = from; i < from + n; i++) {
                dx.data()[i] = scale * (dy[i] - sum / n - y[i] * dot / n);
            }
        }
        return List.of(dx);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value ddx) {
        throw Op.noGradient(node);
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot dy = lowering.input(0);
        Slot x = lowering.input(1);
        Slot dx = lowering.output(0);
        int n = lowering.inputShape(1).size(-1);
        RowKernels kernels = lowering.kernels().rows();
        return Grain.rows(
                lowering.inputShape(1).rows(),
                n,
                (f, from, to) -> kernels.layerNormGradient(
                        f.array(dy),
                        dy.offset() + from * n,
                        f.array(x),
                        x.offset() + from * n,
                        (float) epsilon,
                        f.array(dx),
                        dx.offset() + from * n,
                        to - from,
                        n));
    }
}
