package dev.halfwave.rewrite;

import java.util.List;

/** The rules that every program is compiled with. */
public final class Rules {
    private Rules() {}

    /** Those that make a graph channels last, in which others see what belongs together. */
    public static List<Rewrite> layout() {
        return List.of(new CancelTransposes(), new SinkTransposes(), new ReshapeOfReshape(), new PlainSum());
    }

    /** All of them, in the order in which they are tried. */
    public static List<Rewrite> standard() {
        return List.of(
                new CancelTransposes(),
                new SinkTransposes(),
                new ReshapeOfReshape(),
                new PlainSum(),
                new PermuteRows(),
                new IdempotentActivation(),
                new FuseBias(),
                new FoldBatchNorm(),
                new FoldBatchNormForward(),
                new FuseStatistics(),
                new FuseResidual(),
                new FuseActivation(),
                new PoolFirst());
    }
}
