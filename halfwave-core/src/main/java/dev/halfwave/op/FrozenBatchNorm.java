package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation with given statistics, as in use after training: a scale and a shift per channel.
 *
 * <p>{@code y = γ · (x − mean) / √(variance + ε) + β}. Inputs: x {@code [..., C]}, then gamma, beta, mean and variance
 * {@code [C]}; output {@code [..., C]}. The statistics get no gradient.
 *
 * @param epsilon ε, above 0; 1e-5 is usual
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015, algorithm 2, line 11</a>
 */
public record FrozenBatchNorm(double epsilon) implements Op {

    /** @throws IllegalArgumentException if epsilon is not a positive number */
    public FrozenBatchNorm {
        Normalization.check(epsilon);
    }

    @Override
    public String name() {
        return "frozen_batch_norm";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Normalization.check(inputs, 0, "gamma", "beta", "mean", "variance");
        return List.of(inputs.get(0));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] x = inputs.get(0).data();
        DoubleTensor y = DoubleTensor.zeros(inputs.get(0).shape());
        for (int i = 0; i < x.length; i++) {
            int c = i % inputs.get(1).data().length;
            double normal = (x[i] - inputs.get(3).data()[c])
                    * new Normalization(epsilon).inverse(inputs.get(4).data()[c]);
            y.data()[i] = inputs.get(1).data()[c] * normal + inputs.get(2).data()[c];
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        List<Value> inputs = List.of(dy, node.input(0), node.input(1), node.input(3), node.input(4));
        Node gradient = g.addNode(new FrozenBatchNormGradient(epsilon), inputs);
        List<@Nullable Value> gradients = new ArrayList<>(gradient.outputs());
        gradients.add(null); // mean
        gradients.add(null); // variance
        return gradients;
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 2L * outputs.get(0).elements(); // scale and shift
    }

    @Override
    public Step lower(Lowering lowering) {
        return new Normalization(epsilon).apply(lowering, lowering.input(3), lowering.input(4));
    }

    @Override
    public boolean inPlace(int input) {
        return input == 0;
    }
}
