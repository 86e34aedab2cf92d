package dev.halfwave.rewrite;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Add;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.ResidualConv2d;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Optional;

/**
 * A sum behind a convolution goes into it: its last loop adds to what came around it, instead of writing for another
 * pass to add.
 */
public record FuseResidual() implements Rewrite {
    @Override
    public String name() {
        return "fuse-residual";
    }

    @Override
    public String law() {
        return "f(r + conv(x, w, b)) = residual_conv_f(x, w, b, r)";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof Add add)) {
            return Optional.empty();
        }
        return fused(site, 0, add.activation()).or(() -> fused(site, 1, add.activation()));
    }

    private static Optional<Value> fused(Site site, int summand, Activation f) {
        return site.soleProducer(summand)
                .filter(node -> node.op() instanceof Conv2d conv && conv.activation() instanceof Identity)
                .map(node -> replace(site, node, f, site.input(1 - summand)));
    }

    private static Value replace(Site site, Node node, Activation f, Value residual) {
        Conv2d conv = (Conv2d) node.op();
        Shape filters = node.input(1).shape();
        Value bias =
                node.inputs().size() == 3 ? node.input(2) : site.constant(Tensor.zeros(Shape.of(filters.size(-1))));
        ResidualConv2d op = new ResidualConv2d(conv.vertical(), conv.horizontal(), conv.groups(), f);
        return site.replace(op, node.inputs().subList(0, 2), bias, residual);
    }
}
