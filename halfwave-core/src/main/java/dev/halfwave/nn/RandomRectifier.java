package dev.halfwave.nn;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.activation.RRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Apply;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Distribution;
import dev.halfwave.op.RandomFactor;

/** What rectifiers with something random in them are in training. The layer that is open keys what is drawn. */
final class RandomRectifier {
    /** √σ(x), whose derivative is y · (1 − y²) / 2. */
    private static final Apply DEVIATION = new Apply(
            "deviation",
            Formula.x().apply(Function.SIGMOID).apply(Function.SQRT),
            Formula.y()
                    .times(Formula.constant(1).minus(Formula.y().times(Formula.y())))
                    .times(0.5));

    private RandomRectifier() {}

    /** {@code max(a · x, x)}, since no slope reaches 1; at 0 the gradient is that of the negative side. */
    static Value slopes(GraphBuilder g, RRelu f, Value x) {
        Value steep = each(g, new Distribution.Uniform(f.lower(), f.upper()), x);
        return g.add(new Binary(BinaryFunction.MAX), steep, x);
    }

    /** {@code max(0, x + n · √σ(x))} with n from the standard normal distribution. */
    static Value noise(GraphBuilder g, Value x) {
        Value noise = each(g, new Distribution.Normal(), g.add(DEVIATION, x));
        return g.add(new dev.halfwave.op.Add(new Relu()), x, noise);
    }

    private static Value each(GraphBuilder g, Distribution distribution, Value x) {
        long key = g.prefix().hashCode();
        return g.add(new RandomFactor(distribution, RandomFactor.Sharing.ELEMENT, key), x);
    }
}
