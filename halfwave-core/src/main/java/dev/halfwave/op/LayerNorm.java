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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Centres every row and scales it to unit variance, along the last axis: {@code y = (x − mean) / √(variance + ε)}.
 *
 * <p>Input and output {@code [..., K]}. The variance is the population's, {@code Σ (x − mean)² / K}. There is neither
 * scale nor shift.
 *
 * @param epsilon ε, above 0; a row of equal elements becomes 0
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton 2016, equation 3</a>
 */
public record LayerNorm(double epsilon) implements Op {

    /** @throws IllegalArgumentException if ε is not above 0 */
    public LayerNorm {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("layer_norm: expected an epsilon above 0, received " + epsilon);
        }
    }

    @Override
    public String name() {
        return "layer_norm";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Expect.channels("rows", inputs.get(0));
        return inputs;
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor y = new DoubleTensor(x.shape(), x.data().clone());
        int n = x.shape().size(-1);
        for (int from = 0; from < y.data().length; from += n) {
            normalize(y.data(), from, n);
        }
        return List.of(y);
    }

    /** Normalises a row where it stands; returns {@code 1 / √(variance + ε)}. */
    double normalize(double[] x, int from, int n) {
        double sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += x[i];
        }
        double mean = sum / n;
        double squares = 0;
        for (int i = from; i < from + n; i++) {
            squares += (x[i] - mean) * (x[i] - mean);
        }
        double scale = 1 / Math.sqrt(squares / n + epsilon);
        for (int i = from; i < from + n; i++) {
            x[i] = (x[i] - mean) * scale;
        }
        return scale;
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(g.add(new LayerNormGradient(epsilon), dy, node.input(0)));
    }

    @Override
    public Step lower(Lowering lowering) {
        RowKernels kernels = lowering.kernels().rows();
        return Rowwise.map(
                lowering, (x, xo, y, yo, rows, n) -> kernels.layerNorm(x, xo, (float) epsilon, y, yo, rows, n));
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
