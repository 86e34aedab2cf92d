package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Pieces;
import dev.halfwave.bounds.Bounds;
import dev.halfwave.bounds.ValueBounds;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.op.Activate;
import dev.halfwave.op.PRelu;
import dev.halfwave.rewrite.UnitProof;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What interval bounds prove about a model's units for all images whose pixels lie in a range; equal where as much is
 * proved.
 *
 * @param units by the names of nodes of the network's graph
 */
record ProvedUnits(Map<String, Units> units) implements UnitProof {

    /** What is proved for a model with its present parameters. */
    static ProvedUnits of(Model model, double low, double high) {
        Graph graph = model.network().graph(1, Mode.INFERENCE);
        ValueBounds bounds = ValueBounds.of(graph, model.parameters(), low, high);
        Map<String, Units> units = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (Node node : graph.nodes()) {
            boolean first = names.add(node.name());
            if (!first) { // no name of one value
                units.remove(node.name());
            } else if (!node.isLasting()
                    && !node.inputs().isEmpty()
                    && node.output().shape().rank() > 0) {
                bounds.find(node.output())
                        .map(y -> Units.of(node, y, bounds.find(node.input(0))))
                        .filter(Units::sayAnything)
                        .ifPresent(proved -> units.put(node.name(), proved));
            }
        }
        return new ProvedUnits(units);
    }

    @Override
    public BitSet zero(String node, int count) {
        return find(node, count).map(Units::zero).map(ProvedUnits::copy).orElseGet(BitSet::new);
    }

    @Override
    public BitSet unchanged(String activation, int count) {
        return find(activation, count)
                .map(Units::unchanged)
                .map(ProvedUnits::copy)
                .orElseGet(BitSet::new);
    }

    private Optional<Units> find(String node, int count) {
        return Optional.ofNullable(units.get(node)).filter(known -> known.count == count);
    }

    private static BitSet copy(BitSet set) {
        return (BitSet) set.clone();
    }

    /**
     * The units of one node.
     *
     * @param count how many there are
     * @param zero those that are zero at all places
     * @param unchanged those that an activation returns as it gets them, at all places
     */
    record Units(int count, BitSet zero, BitSet unchanged) {
        static Units of(Node node, Bounds y, Optional<Bounds> z) {
            int count = y.low().shape().size(-1);
            BitSet zero = all(count, y, (low, high) -> low == 0 && high == 0);
            return new Units(
                    count, zero, z.map(in -> unchanged(node, count, in)).orElseGet(BitSet::new));
        }

        private static BitSet unchanged(Node node, int count, Bounds z) {
            if (node.op() instanceof PRelu) {
                return all(count, z, (low, high) -> low >= 0);
            }
            return node.op() instanceof Activate activate && isStraight(activate.activation())
                    ? all(count, z, (low, high) -> isIdentity(activate.activation(), low, high))
                    : new BitSet();
        }

        private static boolean isStraight(Activation f) {
            return f.jumps().isEmpty() && Pieces.areStraight(f);
        }

        /** Whether a function of straight pieces returns everything between two numbers as it is. */
        private static boolean isIdentity(Activation f, double low, double high) {
            return f.at(low) == low
                    && f.at(high) == high
                    && f.kinks().stream().noneMatch(kink -> kink > low && kink < high);
        }

        /** The units for which bounds fulfil a condition at all places. */
        private static BitSet all(int count, Bounds bounds, BiPredicate<Double, Double> condition) {
            BitSet units = new BitSet();
            units.set(0, count);
            double[] low = bounds.low().data();
            double[] high = bounds.high().data();
            for (int i = 0; i < low.length; i++) {
                if (!condition.test(low[i], high[i])) {
                    units.clear(i % count);
                }
            }
            return units;
        }

        boolean sayAnything() {
            return !zero.isEmpty() || !unchanged.isEmpty();
        }
    }
}
