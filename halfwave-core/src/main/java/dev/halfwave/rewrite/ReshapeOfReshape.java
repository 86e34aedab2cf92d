package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Transpose;
import java.util.List;
import java.util.Optional;

/** Only the last of several reshapes counts, and none to the shape that is there; transposes that move nothing are reshapes. */
public record ReshapeOfReshape() implements Rewrite {
    @Override
    public String name() {
        return "reshape-of-reshape";
    }

    @Override
    public String law() {
        return "reshape(reshape(x, s), t) = reshape(x, t); reshape(x, s) = x for x of shape s; likewise for a transpose"
                + " that moves axes of one element";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof Reshape)) {
            return Optional.empty();
        }
        if (site.input(0).shape().equals(site.shape())) {
            return Optional.of(site.input(0));
        }
        return site.producer(0)
                .filter(ReshapeOfReshape::movesNothing)
                .map(node -> site.replace(site.op(), List.of(node.input(0))));
    }

    private static boolean movesNothing(Node node) {
        return node.op() instanceof Reshape
                || node.op() instanceof Transpose order
                        && order.isReshape(node.input(0).shape());
    }
}
