package dev.halfwave.rewrite;

import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.op.Scatter;
import dev.halfwave.op.Take;
import dev.halfwave.tensor.Indices;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Units that are proved to be zero on the declared range are not computed: their filters and biases go.
 *
 * <p>The others are put back among zeros, for as long as it takes: {@link SinkScatter} carries that through pools and the
 * like, and {@link SkipZeros} ends it in the weights of whatever follows. Where it could not end so, because something
 * else reads the units, nothing is done. Some may stay: one of a layer without any other, and as many as a faster algorithm
 * asks for ({@link UnitCount}).
 *
 * @param proof what is known of the units
 * @param kernels what convolutions will be computed with
 */
public record DeleteUnits(UnitProof proof, Kernels kernels) implements Rewrite {
    @Override
    public String name() {
        return "delete-units";
    }

    @Override
    public String law() {
        return "conv(x, w, b) = scatter(conv(x, take(w, k), take(b, k)), k) if all units but k are zero; likewise for"
                + " matmul";
    }

    @Override
    public Optional<Value> apply(Site site) {
        return Linear.alone(site).flatMap(linear -> kept(site).map(kept -> shrunk(site, linear, kept)));
    }

    /** The units that are left, if that is worth anything. */
    private Optional<Indices> kept(Site site) {
        int units = site.shape().size(-1);
        BitSet zero = proof.zero(site.name(), units);
        if (zero.isEmpty()) {
            return Optional.empty();
        }
        return site.ends(Linear::takes, SinkScatter::passes)
                .map(readers -> new UnitCount(kernels, site, readers).of(units - zero.cardinality()))
                .filter(count -> count < units)
                .map(count -> kept(zero, units, count));
    }

    /** All that are not zero, and the first of the others until there are enough. */
    private static Indices kept(BitSet zero, int units, int count) {
        BitSet kept = (BitSet) zero.clone();
        kept.flip(0, units);
        while (kept.cardinality() < count) {
            kept.set(kept.nextClearBit(0));
        }
        return Indices.of(kept.stream().toArray());
    }

    private static Value shrunk(Site site, Linear linear, Indices live) {
        List<Value> inputs = new ArrayList<>(site.inputs());
        inputs.set(1, site.derive("filters", new Take(linear.unitAxis(), live), inputs.get(1)));
        if (inputs.size() > 2) {
            inputs.set(2, site.derive("bias", new Take(0, live), inputs.get(2)));
        }
        Value units = site.derive("live", site.op(), inputs.toArray(Value[]::new));
        return site.replace(new Scatter(-1, live, site.shape().size(-1)), List.of(units));
    }
}
