package dev.halfwave.rewrite;

import dev.halfwave.kernel.Kernels;
import java.util.List;
import java.util.stream.Stream;

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
                new NeverFires(),
                new FuseBias(),
                new FoldBatchNorm(),
                new FoldBatchNormForward(),
                new FoldScale(),
                new FoldScaleForward(),
                new PositiveHomogeneity(),
                new FuseStatistics(),
                new FuseResidual(),
                new FuseActivation(),
                new PoolFirst(),
                new FuseMaxPool());
    }

    /**
     * All of them after those that make use of what is proved about the network's units for the inputs it is declared to
     * get.
     *
     * @param kernels what will compute it
     */
    public static List<Rewrite> specialised(UnitProof proof, Kernels kernels) {
        List<Rewrite> proved = List.of(
                new DropActivation(proof),
                new DeleteUnits(proof, kernels),
                new SinkScatter(),
                new SkipZeros(),
                new MergeProducts());
        return Stream.concat(proved.stream(), standard().stream()).toList();
    }
}
