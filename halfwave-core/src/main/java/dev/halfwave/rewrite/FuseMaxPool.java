package dev.halfwave.rewrite;

import dev.halfwave.graph.Value;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.PooledConv2d;
import java.util.Optional;

/**
 * A max pool behind a convolution goes into it: what is computed is compared at once, and only a quarter of it is
 * written. Training reads all of it again, and keeps both.
 */
public record FuseMaxPool() implements Rewrite {
    @Override
    public String name() {
        return "fuse-max-pool";
    }

    @Override
    public String law() {
        return "maxpool(conv_f(x, w, b)) = pooled_conv_f(x, w, b)";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof MaxPool2d pool)) {
            return Optional.empty();
        }
        return site.soleProducer(0)
                .filter(node -> node.op() instanceof Conv2d)
                .map(node -> site.replace(new PooledConv2d((Conv2d) node.op(), pool), node.inputs()));
    }
}
