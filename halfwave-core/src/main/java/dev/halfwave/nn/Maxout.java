package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The largest of each group of neighbouring channels: {@code [..., C]} to {@code [..., C / pieces]}. Behind a linear layer
 * it is a convex function of its input, with its pieces learnt.
 *
 * <p>Of equal ones each gets an equal share of the gradient.
 *
 * @param pieces how many channels are compared, 1 or more; it divides C
 * @see <a href="https://arxiv.org/abs/1302.4389">Goodfellow, Warde-Farley, Mirza, Courville and Bengio 2013, section 3</a>
 */
public record Maxout(int pieces) implements Layer {

    /** @throws IllegalArgumentException if there is no piece */
    public Maxout {
        if (pieces < 1) {
            throw new IllegalArgumentException("maxout: expected 1 piece or more, received " + pieces);
        }
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("maxout")) {
            Shape s = x.shape();
            int channels = s.size(-1);
            if (channels % pieces != 0) {
                throw new IllegalArgumentException(Images.where("maxout", g) + ": expected a number of channels that "
                        + pieces + " pieces divide, received " + channels);
            }
            int[] sizes = Arrays.copyOf(s.sizes(), s.rank() + 1);
            sizes[s.rank() - 1] = channels / pieces;
            sizes[s.rank()] = pieces;
            Value groups = g.add(new dev.halfwave.op.Reshape(Shape.of(sizes)), x);
            return g.add(new Reduce(Reduction.MAX, List.of(-1), false), groups);
        }
    }
}
