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
        Op op = value.producer().op();
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
}
