package dev.halfwave.rewrite;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.ResidualConv2d;
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
        if (op instanceof Conv2d conv && conv.activation() instanceof Identity) {
            return Optional.of(new Conv2d(conv.vertical(), conv.horizontal(), conv.groups(), activation));
        }
        if (op instanceof MatMul product && product.activation() instanceof Identity) {
            return Optional.of(new MatMul(product.transposeA(), product.transposeB(), activation));
        }
        if (op instanceof ResidualConv2d conv && conv.activation() instanceof Identity) {
            return Optional.of(new ResidualConv2d(conv.vertical(), conv.horizontal(), conv.groups(), activation));
        }
        if (op instanceof Add add && add.activation() instanceof Identity) {
            return Optional.of(new Add(activation));
        }
        return Optional.empty();
    }
}
