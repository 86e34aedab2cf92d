package dev.halfwave.rewrite;

import dev.halfwave.graph.Value;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.PooledConv2d;
import dev.halfwave.tensor.Window;
import java.util.Optional;

/**
 * A max pool of two by two pixels behind a convolution goes into it: what is computed is compared at once, and only a
 * quarter of it is written. Training reads all of it again, and keeps both; so do pools whose windows overlap.
 */
public record FuseMaxPool() implements Rewrite {
    private static final Window TWO = Window.of(2, 2);

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
        if (!(site.op() instanceof MaxPool2d pool)
                || !pool.vertical().equals(TWO)
                || !pool.horizontal().equals(TWO)) {
            return Optional.empty();
        }
        return site.soleProducer(0)
                .filter(node -> node.op() instanceof Conv2d)
                .map(node -> site.replace(new PooledConv2d((Conv2d) node.op(), pool), node.inputs()));
    }
}
