package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
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
        return Rowwise.gradient(inputs, "rows");
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
        RowKernels kernels = lowering.kernels().rows();
        return Rowwise.gradient(
                lowering,
                (dy, dyo, x, xo, dx, dxo, rows, n) ->
                        kernels.layerNormGradient(dy, dyo, x, xo, (float) epsilon, dx, dxo, rows, n));
    }
}
