package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.PooledConv2d;
import dev.halfwave.op.ResidualConv2d;
import java.util.List;
import java.util.Optional;

/**
 * A convolution without groups, or a product, of something with weights that follow from parameters, whatever is done to
 * its sums: the last axis of its input is summed over, that of its output is made anew.
 *
 * @param channelAxis the weights' axis that belongs to the input's channels
 * @param unitAxis the weights' axis that belongs to the output's
 */
record Linear(int channelAxis, int unitAxis) {

    /** The node at a site, if it is one; a residual that it adds is no weight. */
    static Optional<Linear> of(Site site) {
        return of(site.op(), site.inputs());
    }

    /** The same for one that adds nothing but a bias, so that a unit is zero if its weights are. */
    static Optional<Linear> alone(Site site) {
        return site.op() instanceof ResidualConv2d ? Optional.empty() : of(site);
    }

    /** A node, if it is one. */
    static Optional<Linear> of(Node node) {
        return of(node.op(), node.inputs());
    }

    private static Optional<Linear> of(Op op, List<Value> inputs) {
        boolean lasting = inputs.size() > 1
                && inputs.subList(1, Math.min(inputs.size(), 3)).stream()
                        .allMatch(value -> value.producer().isLasting());
        if (!lasting) {
            return Optional.empty();
        }
        if (op instanceof Conv2d conv && conv.groups() == 1
                || op instanceof PooledConv2d pooled && pooled.conv().groups() == 1
                || op instanceof ResidualConv2d residual && residual.groups() == 1) {
            return Optional.of(new Linear(2, 3));
        }
        if (op instanceof MatMul product && !product.transposeA()) {
            return Optional.of(product.transposeB() ? new Linear(1, 0) : new Linear(0, 1));
        }
        return Optional.empty();
    }

    /** Whether a value is what the node takes as images or rows, and nothing else of it. */
    static boolean takes(Node node, Value value) {
        return of(node).isPresent() && node.input(0) == value && node.inputs().lastIndexOf(value) == 0;
    }

    /** Whether the weights' units are on their last axis. */
    boolean unitsAreLast() {
        return unitAxis > channelAxis;
    }
}
