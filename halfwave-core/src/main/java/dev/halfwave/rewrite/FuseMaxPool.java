package dev.halfwave.rewrite;

import dev.halfwave.graph.Value;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.PooledConv2d;
import dev.halfwave.tensor.Window;
import java.util.Optional;

/**
 * A max pool that halves rows and columns goes into the convolution before it: what is computed is compared at once, and only a
 * quarter of it is written. Windows are two by two pixels, or three by three, which overlap. Training reads all of it again, and
 * keeps both.
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
        if (!(site.op() instanceof MaxPool2d pool) || !halves(pool.vertical()) || !halves(pool.horizontal())) {
            return Optional.empty();
        }
        return site.soleProducer(0)
                .filter(node -> node.op() instanceof Conv2d)
                .map(node -> site.replace(new PooledConv2d((Conv2d) node.op(), pool), node.inputs()));
    }

    private static boolean halves(Window window) {
        boolean three = window.size() == 3 && window.stride() == 2 && window.dilation() == 1;
        return window.equals(TWO) || three && window.before() <= 1 && window.after() <= 1;
    }
}
