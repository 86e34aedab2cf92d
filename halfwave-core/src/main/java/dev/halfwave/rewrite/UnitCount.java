package dev.halfwave.rewrite;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.PooledConv2d;
import dev.halfwave.op.ResidualConv2d;
import dev.halfwave.tensor.Shape;
import java.util.List;

/**
 * How many units to keep where some are proved to be zero: fewer only where that is faster.
 *
 * <p>Rows of channels that do not fill their last vector cost what a few units save: 46 of 48 took a fifth longer than
 * all. And Winograd's convolution wants many channels, on both sides: a network trained on digits that lost 7 of its 32
 * first filters lost the algorithm with them, and took 1.6 times as long as before. So a count is good that fills its
 * vectors, or is a fifth smaller, and keeps the algorithms of the layer and of those that read it; or else so small that
 * any algorithm is faster.
 *
 * @param kernels what will compute the convolutions
 * @param site the layer that has the units
 * @param readers the layers that read them
 */
record UnitCount(Kernels kernels, Site site, List<Node> readers) {
    private static final double WORTH_A_TAIL = 0.8;

    /** Plain sums took 2.2 times as long as Winograd's for 32 channels. */
    private static final double WORTH_ANY_ALGORITHM = 0.4;

    /** How many to keep, from 1 to all, if so many are needed. */
    int of(int needed) {
        int units = site.shape().size(-1);
        int least = Math.max(1, needed);
        int count = least;
        while (count < units && !isGood(count)) {
            count = Math.min(units, (count / kernels.lanes() + 1) * kernels.lanes());
        }
        return least <= WORTH_ANY_ALGORITHM * count ? least : count;
    }

    private boolean isGood(int count) {
        boolean full = count % kernels.lanes() == 0;
        return (full || count <= WORTH_A_TAIL * site.shape().size(-1)) && keepsAlgorithms(count);
    }

    private boolean keepsAlgorithms(int count) {
        Shape x = site.input(0).shape();
        int gone = site.shape().size(-1) - count;
        return isSame(site.op(), x, site.shape().size(-1), x.size(-1), count)
                && readers.stream().allMatch(reader -> keepsAlgorithm(reader, gone));
    }

    private boolean keepsAlgorithm(Node reader, int gone) {
        Shape x = reader.input(0).shape();
        int k = reader.output().shape().size(-1);
        return isSame(reader.op(), x, k, x.size(-1) - gone, k);
    }

    /** Whether an op on x with k filters is computed as one with other channels and filters is; products always are. */
    private boolean isSame(Op op, Shape x, int k, int otherC, int otherK) {
        if (op instanceof ResidualConv2d residual) {
            return isSame(new Conv2d(residual.vertical(), residual.horizontal(), 1), x, k, otherC, otherK);
        }
        if (op instanceof PooledConv2d pooled) {
            return isSame(pooled.conv(), x, k, otherC, otherK);
        }
        return !(op instanceof Conv2d conv)
                || algorithm(conv, x, x.size(-1), k).equals(algorithm(conv, x, otherC, otherK));
    }

    /** The first word says which one; others how. */
    private String algorithm(Conv2d conv, Shape x, int c, int k) {
        ConvGeometry geometry =
                new ConvGeometry(x.size(0), x.size(1), x.size(2), c, k, conv.vertical(), conv.horizontal(), 1);
        String name = kernels.conv().forward(geometry, true, new Identity()).algorithm();
        return name.split("[ ,]", 2)[0];
    }
}
