package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link Softmax}: {@code dx = y · (dy − Σ dy·y)}, row by row.
 *
 * <p>Inputs: dy and the softmax's output, of one shape {@code [..., K]}, which is also the output's.
 */
public record SoftmaxGradient() implements Op {
    @Override
    public String name() {
        return "softmax_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return Rowwise.gradient(inputs, "probabilities");
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] dy = inputs.get(0).data();
        double[] y = inputs.get(1).data();
        DoubleTensor dx = DoubleTensor.zeros(inputs.get(1).shape());
        int n = dx.shape().size(-1);
        for (int from = 0; from < y.length; from += n) {
            double dot = 0;
            for (int i = from; i < from + n; i++) {
                dot += dy[i] * y[i];
            }
            for (int i = from; i < from + n; i++) {
                dx.data()[i] = y[i] * (dy[i] - dot);
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
        return Rowwise.gradient(lowering, lowering.kernels().rows()::softmaxGradient);
    }
}
