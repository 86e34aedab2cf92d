package dev.halfwave.nn;

import dev.halfwave.activation.Relu;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;

/**
 * Concatenated rectifiers, {@code (max(0, x), max(0, −x))}: {@code [..., C]} to {@code [..., 2C]}, so that nothing is lost
 * and filters need not come in pairs of opposite sign.
 *
 * @see <a href="https://arxiv.org/abs/1603.05201">Shang, Sohn, Almeida and Lee 2016, definition 2.1</a>
 */
public record CRelu() implements Layer {
    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("crelu")) {
            Value minus = g.constant(Tensor.full(Shape.of(), -1));
            Value negative = g.add(new Binary(BinaryFunction.MULTIPLY), x, minus);
            Value both = g.add(new dev.halfwave.op.Concat(-1), x, negative);
            return Activate.add(g, new Relu(), both);
        }
    }
}
