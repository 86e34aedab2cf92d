package dev.halfwave.rewrite;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MatMul;
import java.util.Optional;

/** A bias that follows a convolution or a product is added in its last loop. */
public record FuseBias() implements Rewrite {
    @Override
    public String name() {
        return "fuse-bias";
    }

    @Override
    public String law() {
        return "bias_add(conv(x, w), b) = conv(x, w, b); likewise for matmul";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof BiasAdd)) {
            return Optional.empty();
        }
        return site.soleProducer(0)
                .filter(FuseBias::isPlain)
                .map(product -> site.replace(product.op(), product.inputs(), site.input(1)));
    }

    private static boolean isPlain(Node node) {
        boolean linear = node.op() instanceof Conv2d conv && conv.activation() instanceof Identity
                || node.op() instanceof MatMul matMul && matMul.activation() instanceof Identity;
        return linear && node.inputs().size() == 2;
    }
}
