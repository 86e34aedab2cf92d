package dev.halfwave.rewrite;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Add;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MatMul;
import java.util.Optional;

/** A bias that follows a convolution or a product is added in its last loop, together with one that is there already. */
public record FuseBias() implements Rewrite {
    @Override
    public String name() {
        return "fuse-bias";
    }

    @Override
    public String law() {
        return "bias_add(conv(x, w, a), b) = conv(x, w, a + b), or b where there is no a; likewise for matmul";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof BiasAdd)) {
            return Optional.empty();
        }
        return site.soleProducer(0)
                .filter(FuseBias::isPlain)
                .map(product -> site.replace(product.op(), product.inputs().subList(0, 2), bias(site, product)));
    }

    private static Value bias(Site site, Node product) {
        return product.inputs().size() == 2
                ? site.input(1)
                : site.derive("bias", new Add(), product.input(2), site.input(1));
    }

    private static boolean isPlain(Node node) {
        return node.op() instanceof Conv2d conv && conv.activation() instanceof Identity
                || node.op() instanceof MatMul matMul && matMul.activation() instanceof Identity;
    }
}
