package dev.halfwave.claims;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.train.SoftmaxLoss;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sequences whose first step shows something, and all others faint noise: what came first is to be repeated at the end.
 *
 * @param content what the first step shows
 * @param steps how long they are
 * @param random where they come from
 */
record FirstStep(Content content, int steps, SplittableRandom random) {
    /** The deviation of the noise, which has a channel of its own. */
    private static final double NOISE = 0.1;

    /** What a first step shows. */
    enum Content {
        /** A number, drawn evenly from 0 to 1. */
        NUMBER(1, 1 / 12.0),
        /** One of four symbols: a 1 and three zeros. */
        SYMBOL(4, StrictMath.log(4));

        private final int channels;
        private final double unknown;

        Content(int channels, double unknown) {
            this.channels = channels;
            this.unknown = unknown;
        }

        /** How many outputs tell it: the number, or a logit per symbol. */
        int outputs() {
            return channels;
        }

        /** The loss of the best answer of all that do not depend on the sequence. */
        double unknown() {
            return unknown;
        }

        /** The mean squared error, or the cross-entropy. */
        Value loss(GraphBuilder g, Value outputs, Value first) {
            if (this == SYMBOL) {
                return new SoftmaxLoss().apply(g, outputs, first);
            }
            Value column = g.add(new Reshape(outputs.shape()), first);
            Value off = g.add(new Binary(BinaryFunction.SUBTRACT), outputs, column);
            Value squares = g.add(new Binary(BinaryFunction.MULTIPLY), off, off);
            return g.add(new Reduce(Reduction.MEAN, List.of(0, 1), false), squares);
        }
    }

    /** The shape of one sequence, {@code [T, C]}. */
    Shape sample() {
        return Shape.of(steps, content.channels + 1);
    }

    /** Draws as many sequences as there is room to write down what was first: the number, or the symbol's. */
    Tensor draw(Tensor first) {
        int batch = first.data().length;
        int width = content.channels + 1;
        Tensor sequences = Tensor.zeros(sample().prepend(batch));
        for (int n = 0; n < batch; n++) {
            int start = n * steps * width;
            int symbol = random.nextInt(content.channels);
            float shown = content == Content.SYMBOL ? 1 : (float) random.nextDouble();
            sequences.data()[start + symbol] = shown;
            first.data()[n] = content == Content.SYMBOL ? symbol : shown;
            for (int t = 1; t < steps; t++) {
                sequences.data()[start + t * width + content.channels] = (float) (NOISE * random.nextGaussian());
            }
        }
        return sequences;
    }
}
