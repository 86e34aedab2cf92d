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
 * The gradient of {@link LogSoftmax}: {@code dx = dy − e^y · Σ dy}, row by row.
 *
 * <p>Inputs: dy and the log-softmax's output, of one shape {@code [..., K]}, which is also the output's.
 */
public record LogSoftmaxGradient() implements Op {
    @Override
    public String name() {
        return "log_softmax_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return Rowwise.gradient(inputs, "logarithms of probabilities");
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] dy = inputs.get(0).data();
        double[] y = inputs.get(1).data();
        DoubleTensor dx = DoubleTensor.zeros(inputs.get(1).shape());
        int n = dx.shape().size(-1);
        for (int from = 0; from < y.length; from += n) {
            double sum = 0;
            for (int i = from; i < from + n; i++) {
                sum += dy[i];
            }
            for (int i = from; i < from + n; i++) {
                dx.data()[i] = dy[i] - Math.exp(y[i]) * sum;
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
        return Rowwise.gradient(lowering, lowering.kernels().rows()::logSoftmaxGradient);
    }
}
