package dev.halfwave.rewrite;

import dev.halfwave.graph.Value;
import dev.halfwave.op.Add;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** A sum of two tensors that need no repeating, or only one number per channel, is one that other rules know. */
public record PlainSum() implements Rewrite {
    @Override
    public String name() {
        return "plain-sum";
    }

    @Override
    public String law() {
        return "binary_add(a, b) = add(a, b) for one shape, = bias_add(a, b) for b with one number per channel,"
                + " if both: for b that follows from parameters";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof Binary binary) || binary.function() != BinaryFunction.ADD) {
            return Optional.empty();
        }
        if (!site.input(0).shape().equals(site.input(1).shape())) {
            return bias(site, 0).or(() -> bias(site, 1));
        }
        return lastingBias(site, 0)
                .or(() -> lastingBias(site, 1))
                .or(() -> Optional.of(site.replace(new Add(), site.inputs())));
    }

    /** For a batch of one row a bias may look like a row. */
    private static Optional<Value> lastingBias(Site site, int summand) {
        boolean lasting = site.input(1 - summand).producer().isLasting()
                && !site.input(summand).producer().isLasting();
        return lasting ? bias(site, summand) : Optional.empty();
    }

    private static Optional<Value> bias(Site site, int summand) {
        Value x = site.input(summand);
        Value b = site.input(1 - summand);
        boolean perChannel = x.shape().equals(site.shape())
                && b.shape().rank() > 0
                && b.shape().size(-1) == x.shape().size(-1)
                && b.shape().rows() == 1;
        if (!perChannel) {
            return Optional.empty();
        }
        Shape flat = Shape.of(b.shape().size(-1));
        Value bias = b.shape().equals(flat) ? b : site.derive("bias", new Reshape(flat), b);
        return Optional.of(site.replace(new BiasAdd(), List.of(x, bias)));
    }
}
