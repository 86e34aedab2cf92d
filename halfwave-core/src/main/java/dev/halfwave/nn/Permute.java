package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Indices;
import java.util.stream.IntStream;

/**
 * Each sample's axes in another order: axis i of the result is the input's axis {@code order[i]}, both counted behind the
 * batch axis from 0. {@code Permute.of(1, 0, 2)} swaps rows and columns of images.
 *
 * @param order every axis of a sample once
 */
public record Permute(Indices order) implements Layer {

    /** @throws IllegalArgumentException if the order is not one of axes counted from 0 */
    public Permute {
        int[] axes = IntStream.range(0, order.size()).toArray();
        if (!IntStream.of(order.toArray())
                .sorted()
                .boxed()
                .toList()
                .equals(IntStream.of(axes).boxed().toList())) {
            throw new IllegalArgumentException(
                    "permute: expected each of " + axes.length + " axes once, counted from 0, received " + order);
        }
    }

    /** Axes in the given order. */
    public static Permute of(int... order) {
        return new Permute(Indices.of(order));
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("permute")) {
            if (x.shape().rank() != order.size() + 1) {
                throw new IllegalArgumentException(Images.where("permute", g) + ": expected samples with "
                        + order.size() + " axes, received " + x.shape().dropFirst());
            }
            int[] all = IntStream.concat(
                            IntStream.of(0), IntStream.of(order.toArray()).map(axis -> axis + 1))
                    .toArray();
            return g.add(Transpose.of(all), x);
        }
    }
}
