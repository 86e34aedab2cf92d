package dev.halfwave.rewrite;

import dev.halfwave.activation.Activation;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.ResidualConv2d;
import java.util.List;
import java.util.Optional;

/**
 * A function that never falls leaves the largest element the largest, so it may be applied to the winners of a max pool
 * alone.
 *
 * <p>It pays where the pool makes the image smaller and the activation is a pass of its own: behind a concatenation,
 * another pool, or a norm that could not be folded. Behind a convolution, a product or a sum the activation costs next
 * to nothing, because these apply it themselves, and stays there.
 */
public record PoolFirst() implements Rewrite {
    @Override
    public String name() {
        return "pool-first";
    }

    @Override
    public String law() {
        return "maxpool(f(x)) = f(maxpool(x)) for f that never falls, if every window sees an element";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof MaxPool2d pool)
                || pool.hasEmptyWindows(site.input(0).shape())) {
            return Optional.empty();
        }
        return site.soleProducer(0)
                .filter(node -> node.op() instanceof Activate activate
                        && activate.activation().monotone()
                        && !site.isShared(node.input(0))
                        && !isTakenIn(node.input(0).producer()))
                .flatMap(node -> swap(site, ((Activate) node.op()).activation(), node.input(0)));
    }

    /** Whether the node applies an activation to its result itself, or is about to go into one that does. */
    private static boolean isTakenIn(Node node) {
        Op op = node.op();
        boolean passing = op instanceof BiasAdd || op instanceof FrozenBatchNorm;
        return op instanceof Conv2d
                || op instanceof MatMul
                || op instanceof Add
                || op instanceof ResidualConv2d
                || passing && isTakenIn(node.input(0).producer());
    }

    private static Optional<Value> swap(Site site, Activation f, Value z) {
        boolean shrinks = site.shape().elements() < z.shape().elements();
        return shrinks
                ? Optional.of(site.replace(new Activate(f), List.of(site.derive("pooled", site.op(), z))))
                : Optional.empty();
    }
}
