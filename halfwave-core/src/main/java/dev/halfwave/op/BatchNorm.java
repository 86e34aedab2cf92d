package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation as in training: every channel to mean β and standard deviation γ over the batch.
 *
 * <p>{@code y = γ · (x − mean) / √(variance + ε) + β}, with the mean and the variance of each channel over all other
 * axes; the variance is the population's, divided by the number of rows. Inputs: x {@code [..., C]}, gamma and beta
 * {@code [C]}; outputs: y {@code [..., C]}, mean and variance {@code [C]}. Only y carries a gradient; mean and variance
 * are for running averages.
 *
 * <p>Moments of fixed chunks of rows are merged in double precision and in order, so they do not depend on the number
 * of threads.
 *
 * @param epsilon ε, above 0; 1e-5 is usual
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015, algorithm 1</a>
 */
public record BatchNorm(double epsilon) implements Op {

    /** @throws IllegalArgumentException if epsilon is not a positive number */
    public BatchNorm {
        Normalization.check(epsilon);
    }

    @Override
    public String name() {
        return "batch_norm";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Normalization.check(inputs, 0, "gamma", "beta");
        Shape x = inputs.get(0);
        Statistics.check(x);
        return List.of(x, inputs.get(1), inputs.get(1));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        List<DoubleTensor> given = new ArrayList<>(inputs);
        given.addAll(Statistics.of(inputs.get(0)));
        List<DoubleTensor> y = new FrozenBatchNorm(epsilon).evaluate(given, randomKey);
        return List.of(y.get(0), given.get(3), given.get(4));
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value mean = node.outputs().get(1);
        Value variance = node.outputs().get(2);
        List<Value> inputs = List.of(dy, node.input(0), node.input(1), mean, variance);
        Node gradient = g.addNode(new BatchNormGradient(epsilon), inputs);
        return List.copyOf(gradient.outputs());
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return Statistics.flops(outputs.get(0)) + 2L * outputs.get(0).elements(); // scale and shift
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot mean = lowering.output(1);
        Slot variance = lowering.output(2);
        return Step.sequence(
                Statistics.take(lowering, lowering.input(0), lowering.inputShape(0), mean, variance),
                new Normalization(epsilon).apply(lowering, mean, variance));
    }

    @Override
    public boolean inPlace(int input) {
        return input == 0;
    }
}
