package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns logits into logarithms of probabilities, along the last axis.
 *
 * <p>{@code y[i] = x[i] − max − ln Σ e^(x − max)}; the output has the input's shape {@code [..., K]}. Unlike the
 * logarithm of a {@link Softmax} it stays finite where a probability is too small for a float.
 */
public record LogSoftmax() implements Op {
    @Override
    public String name() {
        return "log_softmax";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Expect.channels("logits", inputs.get(0));
        return inputs;
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] x = inputs.get(0).data();
        DoubleTensor y = DoubleTensor.zeros(inputs.get(0).shape());
        int n = y.shape().size(-1);
        for (int from = 0; from < x.length; from += n) {
            double total = Softmax.logTotal(x, from, n);
            for (int i = from; i < from + n; i++) {
                y.data()[i] = x[i] - total;
            }
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(g.add(new LogSoftmaxGradient(), dy, node.output()));
    }

    @Override
    public Step lower(Lowering lowering) {
        return Rowwise.map(lowering, lowering.kernels().rows()::logSoftmax);
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
