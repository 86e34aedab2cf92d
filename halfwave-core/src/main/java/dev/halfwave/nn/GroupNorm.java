package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.LayerNorm;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Shape;

/**
 * Group normalisation: for each image, groups of neighbouring channels are centred and scaled to unit variance together,
 * over the whole image, then each channel is stretched and shifted as learnt.
 *
 * <p>Input and output {@code [N, H, W, C]}, where groups divides C. Parameters {@code gamma [C]}, {@code beta [C]}.
 * Unlike a {@link BatchNorm} it does not depend on the batch; training and inference compute the same.
 *
 * @param groups how many groups the channels form, 1 or more; 32 is usual
 * @param epsilon added to the variance, above 0; 1e-5 by default
 * @see <a href="https://arxiv.org/abs/1803.08494">Wu and He 2018</a>
 */
public record GroupNorm(int groups, double epsilon) implements Layer {

    /** @throws IllegalArgumentException if a number is out of range */
    public GroupNorm {
        if (groups < 1 || !(epsilon > 0)) {
            throw new IllegalArgumentException("group_norm: expected 1 group or more and an epsilon above 0, received "
                    + groups + " and " + epsilon);
        }
    }

    /** With the usual epsilon of 1e-5. */
    public GroupNorm(int groups) {
        this(groups, 1e-5);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("group_norm")) {
            Images.check("group_norm", g, x);
            int c = x.shape().size(3);
            if (c % groups != 0) {
                throw new IllegalArgumentException(Images.where("group_norm", g)
                        + ": expected a number of channels that " + groups + " groups divide, received " + c);
            }
            return ChannelScale.add(g, normalize(g, x, groups, epsilon));
        }
    }

    /** Adds the norm without scale and shift: each group becomes a row, and the rows are put back in place. */
    static Value normalize(GraphBuilder g, Value x, int groups, double epsilon) {
        Shape s = x.shape();
        int n = s.size(0);
        int pixels = s.size(1) * s.size(2);
        int channels = s.size(3) / groups;
        Transpose swap = Transpose.of(0, 2, 1, 3);
        Value apart = g.add(new Reshape(Shape.of(n, pixels, groups, channels)), x);
        Value grouped = g.add(swap, apart);
        Value rows = g.add(new Reshape(Shape.of(n, groups, pixels * channels)), grouped);
        Value normal = g.add(new LayerNorm(epsilon), rows);
        Value back = g.add(swap, g.add(new Reshape(grouped.shape()), normal));
        return g.add(new Reshape(s), back);
    }
}
