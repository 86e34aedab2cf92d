package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Transpose;
import java.util.List;
import java.util.Optional;

/**
 * Two transposes are one, or none if the second takes back the first; a transpose of what is fed in, or reshaped, is a reshape if
 * nothing moves.
 *
 * <p>Channels-first networks that are imported around channels-last ops are full of pairs that take each other back.
 */
public record CancelTransposes() implements Rewrite {
    @Override
    public String name() {
        return "cancel-transposes";
    }

    @Override
    public String law() {
        return "transpose(transpose(x, p), q) = transpose(x, p∘q); transpose(x, identity) = x";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof Transpose order)) {
            return Optional.empty();
        }
        if (isIdentity(order)) {
            return Optional.of(site.input(0));
        }
        Op from = site.input(0).producer().op();
        if ((from instanceof Source || from instanceof Reshape)
                && order.isReshape(site.input(0).shape())) {
            return Optional.of(site.replace(new Reshape(site.shape()), site.inputs()));
        }
        return site.producer(0).filter(node -> node.op() instanceof Transpose).map(node -> compose(site, order, node));
    }

    static boolean isIdentity(Transpose order) {
        return order.order().equals(order.order().stream().sorted().toList());
    }

    private static Value compose(Site site, Transpose second, Node first) {
        Transpose both = second.after((Transpose) first.op());
        Value x = first.input(0);
        return isIdentity(both) ? x : site.replace(both, List.of(x));
    }
}
