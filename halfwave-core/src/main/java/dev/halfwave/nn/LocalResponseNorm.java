package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Resample;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Taps;
import dev.halfwave.tensor.Tensor;

/**
 * Local response normalisation: each channel is damped by the energy of its neighbours at the same position.
 *
 * <p>{@code y[c] = x[c] / (bias + alpha / size · Σ x[j]²)^beta} over the channels j from {@code c − ⌊(size − 1)/2⌋} to
 * {@code c + ⌈(size − 1)/2⌉} that exist. Input and output {@code [..., C]}; there are no parameters.
 *
 * @param size how many neighbouring channels count, 1 or more; 5 by default
 * @param alpha how much their energy counts, 0 or more; 1e-4 by default
 * @param beta how strongly it damps, 0 or more; 0.75 by default
 * @param bias what the damping starts from, above 0; 1 by default
 * @see <a href="https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks">
 *     Krizhevsky, Sutskever and Hinton 2012, section 3.3</a>, where alpha is not divided by the size
 */
public record LocalResponseNorm(int size, double alpha, double beta, double bias) implements Layer {

    /** @throws IllegalArgumentException if a number is out of range */
    public LocalResponseNorm {
        if (size < 1 || !(alpha >= 0 && beta >= 0 && bias > 0)) {
            throw new IllegalArgumentException("local_response_norm: expected a size of 1 or more, alpha and beta of 0"
                    + " or more and a bias above 0, received size " + size + ", alpha " + alpha + ", beta " + beta
                    + ", bias " + bias);
        }
    }

    /** Over 5 channels, with the usual numbers. */
    public LocalResponseNorm() {
        this(5, 1e-4, 0.75, 1);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("local_response_norm")) {
            Binary times = new Binary(BinaryFunction.MULTIPLY);
            Value squares = g.add(times, x, x);
            Value energy = g.add(new Resample(-1, neighbours(x.shape().size(-1))), squares);
            Value base = g.add(new Binary(BinaryFunction.ADD), energy, number(g, bias));
            return g.add(times, x, g.add(new Binary(BinaryFunction.POWER), base, number(g, -beta)));
        }
    }

    private static Value number(GraphBuilder g, double value) {
        return g.constant(Tensor.full(Shape.of(), (float) value));
    }

    private Taps neighbours(int channels) {
        int[] starts = new int[channels + 1];
        for (int c = 0; c < channels; c++) {
            starts[c + 1] = starts[c] + last(c, channels) - first(c) + 1;
        }
        int[] indices = new int[starts[channels]];
        double[] weights = new double[indices.length];
        for (int c = 0; c < channels; c++) {
            for (int tap = starts[c]; tap < starts[c + 1]; tap++) {
                indices[tap] = first(c) + tap - starts[c];
                weights[tap] = alpha / size;
            }
        }
        return Taps.of(channels, starts, indices, weights);
    }

    private int first(int c) {
        return Math.max(0, c - (size - 1) / 2);
    }

    private int last(int c, int channels) {
        return (int) Math.min(channels - 1L, (long) c + size / 2);
    }
}
