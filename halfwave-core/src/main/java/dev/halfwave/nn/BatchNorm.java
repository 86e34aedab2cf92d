package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MovingAverage;
import dev.halfwave.tensor.Shape;
import java.util.List;

/**
 * Batch normalisation: each channel is centred and scaled to unit variance, then stretched and shifted as learnt.
 *
 * <p>Input and output {@code [..., C]}. Parameters {@code gamma [C]}, {@code beta [C]}; statistics {@code mean [C]},
 * {@code variance [C]} of all but the channel axis: of the batch in training, moving averages in inference. The
 * variance is the population's.
 *
 * @param momentum the weight of a new batch in the moving averages, in (0, 1]; 0.1 by default
 * @param epsilon added to the variance; 1e-5 by default
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015, algorithm 1</a>
 */
public record BatchNorm(double momentum, double epsilon) implements Layer {

    /** @throws IllegalArgumentException if a number is out of range */
    public BatchNorm {
        if (!(momentum > 0 && momentum <= 1 && epsilon > 0)) {
            throw new IllegalArgumentException("batch_norm: expected a momentum above 0 up to 1 and an epsilon above 0,"
                    + " received " + momentum + " and " + epsilon);
        }
    }

    /** With the usual momentum of 0.1 and epsilon of 1e-5. */
    public BatchNorm() {
        this(0.1, 1e-5);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("batch_norm")) {
            Shape c = Shape.of(x.shape().size(-1));
            Value gamma = g.parameter("gamma", c, new Constant(1), true);
            Value beta = g.parameter("beta", c, new Constant(0), true);
            Value mean = g.parameter("mean", c, new Constant(0), false);
            Value variance = g.parameter("variance", c, new Constant(1), false);
            if (g.mode() == Mode.INFERENCE) {
                return g.add(new FrozenBatchNorm(epsilon), x, gamma, beta, mean, variance);
            }
            Node batch = g.addNode(new dev.halfwave.op.BatchNorm(epsilon), List.of(x, gamma, beta));
            update(g, "mean", mean, batch.outputs().get(1));
            update(g, "variance", variance, batch.outputs().get(2));
            return batch.output();
        }
    }

    private void update(GraphBuilder g, String statistic, Value old, Value current) {
        g.result(new Result.Update(g.prefix() + statistic), g.add(new MovingAverage(momentum), old, current));
    }
}
