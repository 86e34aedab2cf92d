package dev.halfwave.inspect;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Pieces;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.PRelu;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.DoubleTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Tells a graph's gates (where straight pieces meet) from its affine ops, and refuses what is neither.
 *
 * <p>The common affine ops are known. Any other op is tried: an affine f obeys {@code f(a + b) + f(0) = f(a) + f(b)},
 * and what obeys it in random points of both signs, to 1e-9 of its size, is taken for affine.
 */
final class Linearity {
    private static final Set<Class<? extends Op>> AFFINE =
            Set.of(BiasAdd.class, AvgPool2d.class, Concat.class, Reshape.class);

    private static final double SAME = 1e-9;
    private static final int TRIALS = 3;

    private Linearity() {}

    /** Whether the node is a gate: an activation of straight pieces with kinks, PReLU, or max pooling. */
    static boolean isGate(Node node) {
        return node.op() instanceof PRelu
                || node.op() instanceof MaxPool2d
                || node.op() instanceof Activate activate && isGate(activate.activation());
    }

    private static boolean isGate(Activation f) {
        return !f.kinks().isEmpty() && Pieces.areStraight(f);
    }

    /**
     * That the node is a gate, or affine in those of its inputs that depend on the image.
     *
     * @param varying those inputs
     * @throws IllegalArgumentException if it is neither; the text names the node and its op
     */
    static void check(Node node, Set<Value> varying) {
        if (!isGate(node) && !isAffine(node, varying)) {
            throw new IllegalArgumentException(node.name() + ": expected a piecewise linear op, received "
                    + node.op().name() + "; a network has an effective map if it is made of convolutions, dense"
                    + " layers, batch norm, pooling, sums and activations of straight pieces such as relu");
        }
    }

    private static boolean isAffine(Node node, Set<Value> varying) {
        Op op = node.op();
        long factors = node.inputs().stream().filter(varying::contains).count();
        if (op instanceof Conv2d conv) {
            return factors == 1 && varying.contains(node.input(0)) && conv.activation() instanceof Identity;
        }
        if (op instanceof MatMul product) {
            return factors == 1 && product.activation() instanceof Identity;
        }
        if (op instanceof Add sum) {
            return sum.activation() instanceof Identity;
        }
        if (op instanceof FrozenBatchNorm) {
            return factors == 1 && varying.contains(node.input(0));
        }
        if (AFFINE.contains(op.getClass())) {
            return true;
        }
        if (op instanceof Activate activate && Pieces.areStraight(activate.activation())) {
            return true;
        }
        return !op.isRandom() && behavesAffinely(node, varying);
    }

    private static boolean behavesAffinely(Node node, Set<Value> varying) {
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < TRIALS; trial++) {
            List<DoubleTensor> a = draw(node, varying, List.of(), random);
            List<DoubleTensor> b = draw(node, varying, a, random);
            List<DoubleTensor> none = combine(node, varying, a, b, 0);
            List<DoubleTensor> both = combine(node, varying, a, b, 1);
            double[] sum = node.op().evaluate(both, 0).get(0).data();
            double[] zero = node.op().evaluate(none, 0).get(0).data();
            double[] left = node.op().evaluate(a, 0).get(0).data();
            double[] right = node.op().evaluate(b, 0).get(0).data();
            for (int i = 0; i < sum.length; i++) {
                double size = 1 + Math.abs(sum[i]) + Math.abs(left[i]) + Math.abs(right[i]);
                if (!(Math.abs(sum[i] + zero[i] - left[i] - right[i]) <= SAME * size)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Random inputs; those that do not vary are as in {@code like} where there is one. */
    private static List<DoubleTensor> draw(
            Node node, Set<Value> varying, List<DoubleTensor> like, SplittableRandom random) {
        List<DoubleTensor> inputs = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            if (!like.isEmpty() && !varying.contains(node.input(i))) {
                inputs.add(like.get(i));
                continue;
            }
            DoubleTensor drawn = DoubleTensor.zeros(node.input(i).shape());
            for (int j = 0; j < drawn.data().length; j++) {
                drawn.data()[j] = 4 * random.nextDouble() - 2;
            }
            inputs.add(drawn);
        }
        return inputs;
    }

    /** {@code factor · (a + b)} where inputs vary. */
    private static List<DoubleTensor> combine(
            Node node, Set<Value> varying, List<DoubleTensor> a, List<DoubleTensor> b, double factor) {
        List<DoubleTensor> inputs = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            if (!varying.contains(node.input(i))) {
                inputs.add(a.get(i));
                continue;
            }
            DoubleTensor sum = DoubleTensor.zeros(a.get(i).shape());
            for (int j = 0; j < sum.data().length; j++) {
                sum.data()[j] = factor * (a.get(i).data()[j] + b.get(i).data()[j]);
            }
            inputs.add(sum);
        }
        return inputs;
    }
}
