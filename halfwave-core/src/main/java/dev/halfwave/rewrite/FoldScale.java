package dev.halfwave.rewrite;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.PooledConv2d;
import dev.halfwave.op.ResidualConv2d;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scale behind a convolution or a product goes into its filters and its bias. */
public record FoldScale() implements Rewrite {
    @Override
    public String name() {
        return "fold-scale";
    }

    @Override
    public String law() {
        return "s · conv(x, w, b) = conv(x, s · w, s · b); likewise for matmul, and for 1/s";
    }

    @Override
    public Optional<Value> apply(Site site) {
        return Scale.of(site)
                .flatMap(scale -> site.soleProducer(site.inputs().indexOf(scale.x()))
                        .filter(FoldScale::isPlain)
                        .flatMap(node -> Linear.of(node).map(linear -> folded(site, scale, node, linear))));
    }

    private static boolean isPlain(Node node) {
        return !(node.op() instanceof ResidualConv2d || node.op() instanceof PooledConv2d)
                && Activated.by(node.op()).filter(Identity.class::isInstance).isPresent();
    }

    private static Value folded(Site site, Scale scale, Node node, Linear linear) {
        List<Value> inputs = new ArrayList<>(node.inputs());
        Value perUnit = scale.spread(site, linear.unitsAreLast());
        inputs.set(1, site.derive("filters", scale.op(), inputs.get(1), perUnit));
        if (inputs.size() > 2) {
            inputs.set(2, site.derive("bias", scale.op(), inputs.get(2), scale.spread(site, true)));
        }
        return site.replace(node.op(), inputs);
    }
}
