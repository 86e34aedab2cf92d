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
 * Turns logits into probabilities, along the last axis.
 *
 * <p>{@code y[i] = e^(x[i] − max) / Σ e^(x − max)}; the output has the input's shape {@code [..., K]}. Subtracting the
 * maximum keeps the exponentials finite.
 */
public record Softmax() implements Op {
    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Expect.channels("logits", inputs.get(0));
        return inputs;
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor y =
                new DoubleTensor(inputs.get(0).shape(), inputs.get(0).data().clone());
        int n = y.shape().size(-1);
        for (int row = 0; row < y.shape().rows(); row++) {
            probabilities(y.data(), row * n, n);
        }
        return List.of(y);
    }

    /** Turns {@code n} logits into probabilities where they stand. */
    static void probabilities(double[] x, int from, int n) {
        double total = logTotal(x, from, n);
        for (int i = from; i < from + n; i++) {
            x[i] = Math.exp(x[i] - total);
        }
    }

    /** {@code ln Σ eˣ} of {@code n} logits. */
    static double logTotal(double[] x, int from, int n) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + n; i++) {
            max = Math.max(max, x[i]);
        }
        double sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += Math.exp(x[i] - max);
        }
        return max + Math.log(sum);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(g.add(new SoftmaxGradient(), dy, node.output()));
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 5L * outputs.get(0).elements(); // maximum, difference, exponential, sum, quotient
    }

    @Override
    public Step lower(Lowering lowering) {
        return Rowwise.map(lowering, lowering.kernels().rows()::softmax);
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
