package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BatchNorm;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dStatistics;
import dev.halfwave.op.FrozenBatchNorm;
import java.util.List;
import java.util.Optional;

/**
 * A convolution in front of a batch norm in training takes the norm's statistics itself, while its result is in the
 * cache; what is left of the norm is a scale and a shift with given statistics.
 *
 * <p>The convolution's result stays as it is for all that read it, the norm's gradient among them. So this takes two
 * steps: the convolution becomes one that takes statistics, and then the norm reads them.
 */
public record FuseStatistics() implements Rewrite {
    @Override
    public String name() {
        return "fuse-statistics";
    }

    @Override
    public String law() {
        return "batch_norm(conv_f(x, w, b)) = frozen_batch_norm(z, mean, variance), mean, variance"
                + " of z, mean, variance = conv_f_statistics(x, w, b)";
    }

    @Override
    public Optional<Value> apply(Site site) {
        boolean fits = site.op() instanceof Conv2d && site.isReadBy(BatchNorm.class::isInstance);
        return fits ? Optional.of(taking(site, (Conv2d) site.op())) : Optional.empty();
    }

    private static Value taking(Site site, Conv2d conv) {
        return site.replace(new Conv2dStatistics(conv), site.inputs());
    }

    @Override
    public Optional<List<Value>> applyToAll(Site site) {
        if (!(site.op() instanceof BatchNorm norm)) {
            return Rewrite.super.applyToAll(site);
        }
        return site.producer(0)
                .filter(node -> node.op() instanceof Conv2dStatistics)
                .map(node -> reading(site, norm, node));
    }

    private static List<Value> reading(Site site, BatchNorm norm, Node conv) {
        Value mean = conv.outputs().get(1);
        Value variance = conv.outputs().get(2);
        Value y = site.replace(new FrozenBatchNorm(norm.epsilon()), site.inputs(), mean, variance);
        return List.of(y, mean, variance);
    }
}
