package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;

/**
 * The largest of several linear pieces: {@code y[u] = max_i x[i · C / pieces + u]}, {@code [..., C]} to {@code [..., C /
 * pieces]}. Behind a linear layer every unit is a convex function of that layer's input, and learns which.
 *
 * <p>The channels are as many blocks as there are pieces; unit u compares channel u of each. The gradient goes to the one
 * that was taken, the first of equal ones.
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
            int units = channels / pieces;
            Value blocks = g.add(new Reshape(Shape.of(s.rows(), pieces, 1, units)), x);
            Value largest = g.add(new MaxPool2d(Window.of(pieces, 1), Window.of(1, 1)), blocks);
            return g.add(new Reshape(s.with(-1, units)), largest);
        }
    }
}
