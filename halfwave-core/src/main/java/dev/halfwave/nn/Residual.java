package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Add;

/**
 * Adds what a branch computes to what went into it: {@code y = f(body(x) + shortcut(x))}.
 *
 * @param body the branch that learns the difference
 * @param shortcut the way around it; an empty {@link Sequential} passes x on as it is
 * @param activation f; identity for none
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016</a>
 */
public record Residual(Layer body, Layer shortcut, Activation activation) implements Layer {
    /** A branch with a plain shortcut. */
    public static Residual of(Layer body, Activation activation) {
        return new Residual(body, Sequential.of(), activation);
    }

    /** The same with a branch that a random share of the samples skips in training. */
    public Residual stochasticDepth(double rate) {
        return new Residual(Sequential.of(body, new StochasticDepth(rate)), shortcut, activation);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("residual")) {
            Value sum = g.add(new Add(), body.apply(g, x), shortcut.apply(g, x));
            return Activate.add(g, activation, sum);
        }
    }
}
