package dev.halfwave.rewrite;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import java.util.Optional;

/**
 * An activation that follows a convolution, a product or a sum is applied in its last loop, while the output is in
 * cache.
 */
public record FuseActivation() implements Rewrite {
    @Override
    public String name() {
        return "fuse-activation";
    }

    @Override
    public String law() {
        return "f(conv(x, w, b)) = conv_f(x, w, b); likewise for matmul and add";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof Activate activate)) {
            return Optional.empty();
        }
        return site.soleProducer(0)
                .flatMap(product ->
                        fused(product.op(), activate.activation()).map(op -> site.replace(op, product.inputs())));
    }

    private static Optional<Op> fused(Op op, Activation activation) {
        return Activated.by(op).filter(Identity.class::isInstance).flatMap(none -> Activated.with(op, activation));
    }
}
