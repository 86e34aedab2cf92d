package dev.halfwave.rewrite;

import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.BitSet;
import java.util.Map;

/**
 * What is claimed about the units of the nodes of given names: a letter for each unit, {@code 0} for zero, {@code 1} for
 * unchanged, {@code ?} for unknown.
 */
record Proof(Map<String, String> units) implements UnitProof {
    static Proof of(String node, String units) {
        return new Proof(Map.of(node, units));
    }

    @Override
    public BitSet zero(String node, int count) {
        return find(node, count, '0');
    }

    @Override
    public BitSet unchanged(String activation, int count) {
        return find(activation, count, '1');
    }

    private BitSet find(String node, int count, char letter) {
        String letters = units.getOrDefault(node, "");
        BitSet found = new BitSet();
        for (int i = 0; letters.length() == count && i < count; i++) {
            found.set(i, letters.charAt(i) == letter);
        }
        return found;
    }

    /** Biases that make the claim true behind up to a hundred products of numbers up to 1. */
    static Tensor bias(String units) {
        Tensor bias = Tensor.zeros(Shape.of(units.length()));
        for (int i = 0; i < units.length(); i++) {
            bias.data()[i] = units.charAt(i) == '0' ? -100 : units.charAt(i) == '1' ? 100 : 0.1f;
        }
        return bias;
    }

    /** What is not known to be lasting is what runs read: whether it is a channel less shows in its shape. */
    static int channels(Value value) {
        return value.shape().size(-1);
    }
}
