package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.CounterRandom;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies with random numbers: {@code y[i] = r[u(i)] · x[i]}, where u says which elements share one.
 *
 * <p>Everything random in training but dropout is made of it: dropped channels and samples, random slopes, noise. Input
 * and output {@code [N, …, C]}. Factors are a hash of the op's key, the run's key and the number u, so that they are the
 * same on any number of threads, and are drawn again instead of kept: the gradient of this op is itself.
 *
 * @param distribution what factors are drawn from
 * @param sharing which elements have the same factor
 * @param key what makes the factors differ from others in the same network
 * @see CounterRandom
 */
public record RandomFactor(Distribution distribution, Sharing sharing, long key) implements Op {
    /** Which elements have the same factor. */
    public enum Sharing {
        /** None. */
        ELEMENT,
        /** Those of one channel in one sample. */
        CHANNEL,
        /** Those of one sample. */
        SAMPLE;

        /** The number of the first factor of a row of channels. */
        private int first(int row, int rowsPerSample, int channels) {
            return switch (this) {
                case ELEMENT -> row * channels;
                case CHANNEL -> row / rowsPerSample * channels;
                case SAMPLE -> row / rowsPerSample;
            };
        }
    }

    @Override
    public String name() {
        return "random_factor";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Shape x = inputs.get(0);
        if (x.rank() < 2) {
            throw new IllegalArgumentException("expected samples with channels [N, …, C] for factors per "
                    + sharing.name().toLowerCase(Locale.ROOT) + ", received " + x);
        }
        return inputs;
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] x = inputs.get(0).data();
        Shape shape = inputs.get(0).shape();
        DoubleTensor y = DoubleTensor.zeros(shape);
        long mask = CounterRandom.key(key, randomKey);
        int c = shape.size(-1);
        int perSample = x.length / Math.max(1, shape.size(0));
        for (int i = 0; i < x.length; i++) {
            int unit = switch (sharing) {
                case ELEMENT -> i;
                case CHANNEL -> i / perSample * c + i % c;
                case SAMPLE -> i / perSample;
            };
            y.data()[i] = distribution.at(CounterRandom.bits(mask, unit)) * x[i];
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(g.add(this, dy));
    }

    @Override
    public boolean isRandom() {
        return true;
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        Shape shape = lowering.outputShape(0);
        int c = shape.size(-1);
        int rowsPerSample = Math.max(1, shape.rows() / Math.max(1, shape.size(0)));
        return Grain.rows(shape.rows(), c, (f, from, to) -> {
            long mask = CounterRandom.key(key, f.randomKey());
            for (int row = from; row < to; row++) {
                int first = sharing.first(row, rowsPerSample, c);
                multiply(mask, first, f.array(x), x.offset() + row * c, f.array(y), y.offset() + row * c, c);
            }
        });
    }

    /** One row; factors are numbered from {@code first}, or are all that one. */
    private void multiply(long mask, int first, float[] x, int xo, float[] y, int yo, int n) {
        if (sharing == Sharing.SAMPLE) {
            float factor = (float) distribution.at(CounterRandom.bits(mask, first));
            for (int i = 0; i < n; i++) {
                y[yo + i] = factor * x[xo + i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yo + i] = (float) distribution.at(CounterRandom.bits(mask, first + i)) * x[xo + i];
        }
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
