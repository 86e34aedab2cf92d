package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;

/**
 * Squeeze and excitation: every channel is scaled by a number between 0 and 1 that follows from the means of all channels.
 *
 * <p>{@code y = x · gate(W₂ · f(W₁ · mean(x) + b₁) + b₂)}. Input and output {@code [N, H, W, C]}. Parameters, with
 * K = max(1, C / reduction): {@code dense_1.weights [C, K]}, {@code dense_1.bias [K]}, {@code dense_2.weights [K, C]} and
 * {@code dense_2.bias [C]}.
 *
 * @param reduction how many times fewer units than channels there are in between, 1 or more; 16 by default
 * @param activation f; the rectifier by default
 * @param gate what makes scales; the sigmoid by default
 * @see <a href="https://arxiv.org/abs/1709.01507">Hu, Shen, Albanie, Sun and Wu 2018, section 3</a>
 */
public record SqueezeExcite(int reduction, Activation activation, Activation gate) implements Layer {

    /** @throws IllegalArgumentException if the reduction is below 1 */
    public SqueezeExcite {
        if (reduction < 1) {
            throw new IllegalArgumentException(
                    "squeeze_excite: expected a reduction of 1 or more, received " + reduction);
        }
    }

    /** By the rectifier and the sigmoid. */
    public SqueezeExcite(int reduction) {
        this(reduction, new Relu(), new Sigmoid());
    }

    /** With a sixteenth of the channels in between. */
    public SqueezeExcite() {
        this(16);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("squeeze_excite")) {
            Images.check("squeeze_excite", g, x);
            int channels = x.shape().size(3);
            Layer scales = Sequential.of(
                    new GlobalAvgPool2d(),
                    Dense.of(Math.max(1, channels / reduction)).activation(activation),
                    Dense.of(channels).activation(gate));
            Shape perChannel = Shape.of(x.shape().size(0), 1, 1, channels);
            Value scale = g.add(new Reshape(perChannel), scales.apply(g, x));
            return g.add(new Binary(BinaryFunction.MULTIPLY), x, scale);
        }
    }
}
