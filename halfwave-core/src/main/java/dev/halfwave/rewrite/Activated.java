package dev.halfwave.rewrite;

import dev.halfwave.activation.Activation;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.PooledConv2d;
import dev.halfwave.op.ResidualConv2d;
import java.util.Optional;

/** Which activation a value has just been through, on its own or fused. */
final class Activated {
    private Activated() {}

    static Optional<Activation> by(Value value) {
        return by(value.producer().op());
    }

    /** The activation that an op ends with, identity included; empty for ops that could have none. */
    static Optional<Activation> by(Op op) {
        if (op instanceof Activate activate) {
            return Optional.of(activate.activation());
        }
        if (op instanceof Conv2d conv) {
            return Optional.of(conv.activation());
        }
        if (op instanceof PooledConv2d pooled) {
            return Optional.of(pooled.conv().activation());
        }
        if (op instanceof MatMul product) {
            return Optional.of(product.activation());
        }
        if (op instanceof ResidualConv2d conv) {
            return Optional.of(conv.activation());
        }
        if (op instanceof Add sum) {
            return Optional.of(sum.activation());
        }
        return Optional.empty();
    }

    /** The same op with another activation at its end; empty if it cannot have one. */
    static Optional<Op> with(Op op, Activation f) {
        if (op instanceof Conv2d conv) {
            return Optional.of(new Conv2d(conv.vertical(), conv.horizontal(), conv.groups(), f));
        }
        if (op instanceof MatMul product) {
            return Optional.of(new MatMul(product.transposeA(), product.transposeB(), f));
        }
        if (op instanceof ResidualConv2d conv) {
            return Optional.of(new ResidualConv2d(conv.vertical(), conv.horizontal(), conv.groups(), f));
        }
        return op instanceof Add ? Optional.of(new Add(f)) : Optional.empty();
    }
}
