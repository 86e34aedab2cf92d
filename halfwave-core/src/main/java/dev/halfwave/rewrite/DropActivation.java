package dev.halfwave.rewrite;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.PRelu;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * An activation goes where every unit is proved to pass unchanged or to give zero on the declared range.
 *
 * <p>Those that give zero get weights of zero, which costs nothing in a run; {@link DeleteUnits} takes them away where
 * it can. What is left is linear, for others to merge.
 *
 * @param proof what is known of the units
 */
public record DropActivation(UnitProof proof) implements Rewrite {
    @Override
    public String name() {
        return "drop-activation";
    }

    @Override
    public String law() {
        return "relu(z) = z for z proved ≥ 0; relu(conv(x, w, b)) = conv(x, m · w, m · b) for units proved ≥ 0, where m = 1,"
                + " or ≤ 0, where m = 0; likewise for matmul";
    }

    @Override
    public Optional<Value> apply(Site site) {
        boolean activated = site.op() instanceof Activate
                || site.op() instanceof PRelu
                || Activated.by(site.op()).filter(f -> !(f instanceof Identity)).isPresent();
        if (!activated) {
            return Optional.empty();
        }
        int units = site.shape().size(-1);
        BitSet unchanged = proof.unchanged(site.name(), units);
        BitSet known = proof.zero(site.name(), units);
        known.or(unchanged);
        if (unchanged.isEmpty() || known.cardinality() < units) {
            return Optional.empty();
        }
        return unchanged.cardinality() == units ? plain(site) : masked(site, unchanged);
    }

    private static Optional<Value> plain(Site site) {
        if (site.op() instanceof Activate || site.op() instanceof PRelu) {
            return Optional.of(site.input(0));
        }
        return Activated.with(site.op(), new Identity()).map(op -> site.replace(op, site.inputs()));
    }

    private static Optional<Value> masked(Site site, BitSet unchanged) {
        return Linear.alone(site)
                .flatMap(linear -> Activated.with(site.op(), new Identity())
                        .map(op -> site.replace(op, masked(site, linear, unchanged))));
    }

    private static List<Value> masked(Site site, Linear linear, BitSet unchanged) {
        int units = site.shape().size(-1);
        Tensor mask = Tensor.zeros(Shape.of(units));
        unchanged.stream().forEach(unit -> mask.data()[unit] = 1);
        Op times = new Binary(BinaryFunction.MULTIPLY);
        List<Value> inputs = new ArrayList<>(site.inputs());
        Tensor perFilter = linear.unitsAreLast() ? mask : mask.reshape(Shape.of(units, 1));
        inputs.set(1, site.derive("filters", times, inputs.get(1), site.constant(perFilter)));
        if (inputs.size() > 2) {
            inputs.set(2, site.derive("bias", times, inputs.get(2), site.constant(mask)));
        }
        return inputs;
    }
}
