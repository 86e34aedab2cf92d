package dev.halfwave.op;

import dev.halfwave.graph.Op;
import dev.halfwave.tensor.DoubleTensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * One configuration of an op with values for its inputs.
 *
 * @param op the op with its attributes
 * @param inputs values that float32 holds exactly
 * @param fixed the inputs that get no gradient, by number
 * @param regime which smooth piece of the op the inputs lie in, as something with equals: finite differences must not
 *     straddle two
 * @param magnitude what float32 results are rounded in proportion to, where neither they nor the sums of absolute terms
 *     show it
 * @param forwardOnly whether kernels are compared forwards alone, since the sign of a rounded sum decides the gradient
 */
record Trial(
        Op op,
        List<DoubleTensor> inputs,
        List<Integer> fixed,
        Function<List<DoubleTensor>, Object> regime,
        double magnitude,
        boolean forwardOnly) {

    /** A configuration of a smooth op all of whose inputs get gradients. */
    static Trial of(Op op, DoubleTensor... inputs) {
        return new Trial(op, Arrays.asList(inputs), List.of(), any -> true, 0, false);
    }

    Trial fixed(Integer... numbers) {
        return new Trial(op, inputs, List.of(numbers), regime, magnitude, forwardOnly);
    }

    Trial regime(Function<List<DoubleTensor>, Object> pieces) {
        return new Trial(op, inputs, fixed, pieces, magnitude, forwardOnly);
    }

    Trial magnitude(double size) {
        return new Trial(op, inputs, fixed, regime, size, forwardOnly);
    }

    Trial forwardOnly(boolean only) {
        return new Trial(op, inputs, fixed, regime, magnitude, only);
    }

    boolean hasGradient() {
        return fixed.size() < inputs.size();
    }

    /** The largest sum of absolute terms of an op that sums products of its inputs. */
    static double sums(Op op, List<DoubleTensor> inputs) {
        List<DoubleTensor> absolute = inputs.stream().map(Trial::absolute).toList();
        double[] sums = op.evaluate(absolute, 0).get(0).data();
        return Arrays.stream(sums).max().orElse(0);
    }

    /** The same tensor without signs. */
    static DoubleTensor absolute(DoubleTensor tensor) {
        double[] absolute = Arrays.stream(tensor.data()).map(Math::abs).toArray();
        return new DoubleTensor(tensor.shape(), absolute);
    }

    /** The numbers for which something holds, as a regime. */
    static BitSet where(int n, IntPredicate predicate) {
        BitSet set = new BitSet();
        for (int i = 0; i < n; i++) {
            set.set(i, predicate.test(i));
        }
        return set;
    }

    @Override
    public String toString() {
        return op + " of " + inputs.stream().map(DoubleTensor::shape).toList();
    }
}
