package dev.halfwave.bounds;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Interval;
import dev.halfwave.activation.Pieces;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.op.Embed;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.LayerNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.PRelu;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Resample;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Scatter;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Softmax;
import dev.halfwave.op.Take;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Taps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * What each op makes of bounds of its inputs.
 *
 * <p>A monotone op maps lower bounds to lower bounds. A product with weights maps centre c and radius r to {@code W · c}
 * and {@code |W| · r}. Rounding in double is covered by widening each product by 1e-12 of the sum of its summands' sizes.
 */
final class BoundRules {
    /** Ops whose output never falls when an input rises. */
    private static final Set<Class<? extends Op>> MONOTONE = Set.of(
            BiasAdd.class,
            AvgPool2d.class,
            MaxPool2d.class,
            Concat.class,
            Reshape.class,
            Slice.class,
            Embed.class,
            Take.class,
            Scatter.class,
            Transpose.class,
            Broadcast.class);

    private static final double ROUNDING = 1e-12;

    private BoundRules() {}

    /** The bounds of a node's first output; empty if there is no rule for the op. */
    static Optional<Bounds> apply(Node node, List<Bounds> inputs) {
        Op op = node.op();
        if (isMonotone(op)) {
            return Optional.of(ends(op, inputs));
        }
        if (op instanceof Conv2d conv && conv.activation() instanceof Identity
                || op instanceof MatMul product && product.activation() instanceof Identity
                || op instanceof Conv2dInputGradient) {
            return product(node, inputs);
        }
        if (op instanceof Binary binary) {
            return corners(node, binary.function(), inputs);
        }
        return curved(node, inputs);
    }

    private static Optional<Bounds> curved(Node node, List<Bounds> inputs) {
        Op op = node.op();
        if (op instanceof LayerNorm) { // one of n numbers is at most √(n − 1) deviations away from their mean
            double most = Math.sqrt(node.output().shape().size(-1) - 1);
            return Optional.of(Bounds.everywhere(node.output().shape(), -most, most));
        }
        if (op instanceof FrozenBatchNorm) {
            return Optional.of(sorted(ends(op, inputs)));
        }
        if (op instanceof Activate activate) {
            return Optional.of(activation(activate.activation(), inputs.get(0)));
        }
        if (op instanceof PRelu) {
            return Optional.of(prelu(op, inputs));
        }
        if (op instanceof Softmax) {
            return Optional.of(Bounds.everywhere(node.output().shape(), 0, 1));
        }
        return Optional.empty();
    }

    private static boolean isMonotone(Op op) {
        if (op instanceof Resample resample) {
            Taps taps = resample.taps();
            return IntStream.range(0, taps.start(taps.outputs())).allMatch(tap -> taps.weight(tap) >= 0);
        }
        if (op instanceof Reduce reduce) {
            return reduce.reduction() != Reduction.PRODUCT;
        }
        return MONOTONE.contains(op.getClass()) || op instanceof Add sum && sum.activation() instanceof Identity;
    }

    /** What is monotone in each operand while the other one stays has its extremes where both are at their ends. */
    private static Optional<Bounds> corners(Node node, BinaryFunction function, List<Bounds> inputs) {
        Bounds a = inputs.get(0);
        Bounds b = inputs.get(1);
        if (function == BinaryFunction.MULTIPLY && node.input(0) == node.input(1)) {
            return Optional.of(square(a));
        }
        boolean monotone = switch (function) {
            case ADD, SUBTRACT, MULTIPLY, MAX, MIN -> true;
            case DIVIDE -> apartFromZero(b);
            case POWER -> Arrays.stream(a.low().data()).allMatch(low -> low > 0);
            default -> false;
        };
        if (!monotone) {
            return Optional.empty();
        }
        Bounds near = sorted(ends(node.op(), inputs));
        Bounds far = sorted(new Bounds(
                evaluate(node.op(), List.of(a.low(), b.high())), evaluate(node.op(), List.of(a.high(), b.low()))));
        return Optional.of(new Bounds(zip(near.low(), far.low(), Math::min), zip(near.high(), far.high(), Math::max)));
    }

    private static boolean apartFromZero(Bounds b) {
        return IntStream.range(0, b.low().data().length)
                .allMatch(i -> b.low().data()[i] > 0 || b.high().data()[i] < 0);
    }

    private static Bounds square(Bounds x) {
        Bounds ends = sorted(new Bounds(map(x.low(), a -> a * a), map(x.high(), a -> a * a)));
        for (int i = 0; i < ends.low().data().length; i++) {
            if (x.low().data()[i] < 0 && x.high().data()[i] > 0) {
                ends.low().data()[i] = 0;
            }
        }
        return ends;
    }

    private static Bounds ends(Op op, List<Bounds> inputs) {
        return new Bounds(
                evaluate(op, inputs.stream().map(Bounds::low).toList()),
                evaluate(op, inputs.stream().map(Bounds::high).toList()));
    }

    private static DoubleTensor evaluate(Op op, List<DoubleTensor> inputs) {
        return op.evaluate(inputs, 0).get(0);
    }

    private static Bounds sorted(Bounds ends) {
        return new Bounds(zip(ends.low(), ends.high(), Math::min), zip(ends.low(), ends.high(), Math::max));
    }

    private static Optional<Bounds> product(Node node, List<Bounds> inputs) {
        int varying = node.input(0).producer().isLasting() ? 1 : 0;
        if (!node.input(1 - varying).producer().isLasting()) {
            return Optional.empty();
        }
        Bounds x = inputs.get(varying);
        DoubleTensor centre = zip(x.low(), x.high(), (low, high) -> low + (high - low) / 2);
        DoubleTensor radius = zip(centre, x.high(), (c, high) -> high - c);
        radius = zip(radius, zip(centre, x.low(), (c, low) -> c - low), Math::max);
        List<DoubleTensor> known = inputs.stream().map(Bounds::low).toList();
        DoubleTensor c = evaluate(node.op(), with(known, varying, centre));
        List<DoubleTensor> sizes = known.stream().map(BoundRules::size).toList();
        DoubleTensor r = evaluate(node.op(), with(sizes.subList(0, 2), varying, radius));
        DoubleTensor all = evaluate(node.op(), with(sizes, varying, zip(size(centre), radius, Double::sum)));
        DoubleTensor reach = zip(r, all, (radii, summands) -> radii + ROUNDING * summands);
        return Optional.of(new Bounds(zip(c, reach, (middle, off) -> middle - off), zip(c, reach, Double::sum)));
    }

    private static List<DoubleTensor> with(List<DoubleTensor> tensors, int index, DoubleTensor other) {
        List<DoubleTensor> changed = new ArrayList<>(tensors);
        changed.set(index, other);
        return changed;
    }

    private static DoubleTensor size(DoubleTensor x) {
        return map(x, Math::abs);
    }

    private static Bounds activation(Activation f, Bounds z) {
        Bounds ends = new Bounds(map(z.low(), f::at), map(z.high(), f::at));
        if (f.monotone()) {
            return ends;
        }
        Bounds bounds = sorted(ends);
        for (int i = 0; i < bounds.low().data().length; i++) {
            widen(f, z.low().data()[i], z.high().data()[i], bounds, i);
        }
        return bounds;
    }

    /**
     * What f takes between the ends: for straight pieces its values at the kinks, else no more than its steepest slope
     * leads to from the ends, nor than its range.
     */
    private static void widen(Activation f, double from, double to, Bounds bounds, int i) {
        double[] low = bounds.low().data();
        double[] high = bounds.high().data();
        if (Pieces.areStraight(f)) {
            for (double kink : f.kinks()) {
                if (kink > from && kink < to) {
                    low[i] = Math.min(low[i], f.at(kink));
                    high[i] = Math.max(high[i], f.at(kink));
                }
            }
            return;
        }
        Interval slopes = f.derivativeRange();
        double steepest = Math.max(Math.abs(slopes.low()), Math.abs(slopes.high()));
        double off = to > from ? steepest * (to - from) / 2 : 0;
        double middle = (low[i] + high[i]) / 2;
        low[i] = Math.max(f.range().low(), middle - off);
        high[i] = Math.min(f.range().high(), middle + off);
    }

    private static Bounds prelu(Op op, List<Bounds> inputs) {
        Bounds bounds = sorted(ends(op, inputs));
        Bounds z = inputs.get(0);
        for (int i = 0; i < z.low().data().length; i++) {
            if (z.low().data()[i] < 0 && z.high().data()[i] > 0) {
                bounds.low().data()[i] = Math.min(bounds.low().data()[i], 0);
                bounds.high().data()[i] = Math.max(bounds.high().data()[i], 0);
            }
        }
        return bounds;
    }

    private static DoubleTensor map(DoubleTensor x, DoubleUnaryOperator f) {
        return zip(x, x, (a, same) -> f.applyAsDouble(a));
    }

    private static DoubleTensor zip(DoubleTensor a, DoubleTensor b, DoubleBinaryOperator f) {
        DoubleTensor result = DoubleTensor.zeros(a.shape());
        for (int i = 0; i < result.data().length; i++) {
            result.data()[i] = f.applyAsDouble(a.data()[i], b.data()[i]);
        }
        return result;
    }
}
