package dev.halfwave.rewrite;

import dev.halfwave.graph.Op;
import dev.halfwave.op.Activate;
import dev.halfwave.op.ActivateGradient;
import dev.halfwave.op.Add;
import dev.halfwave.op.Apply;
import dev.halfwave.op.ApplyGradient;
import dev.halfwave.op.ArgMax;
import dev.halfwave.op.Binary;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Embed;
import dev.halfwave.op.PowerGradient;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Resample;
import dev.halfwave.op.Scatter;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Take;
import dev.halfwave.op.Transpose;
import dev.halfwave.op.Where;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An op in front of a transpose instead of behind it.
 *
 * <p>Ops that work element by element stay as they are; where an op names axes, these are carried along. Dropout is not
 * among them: its mask depends on the elements' numbers, which a transpose changes. Nor are softmax and its like, which
 * work along the last axis alone.
 *
 * @param op the op on what the transpose read
 * @param after the transpose of its result
 */
record Carried(Op op, Transpose after) {

    /** Whether an op can be carried at all, by some transpose. */
    static boolean isKind(Op op) {
        return isElementwise(op) || isAlongAxis(op) || op instanceof Reduce || op instanceof ArgMax;
    }

    private static boolean isElementwise(Op op) {
        return op instanceof Activate
                || op instanceof ActivateGradient
                || op instanceof Apply
                || op instanceof ApplyGradient
                || op instanceof Add
                || op instanceof Binary
                || op instanceof PowerGradient
                || op instanceof Where;
    }

    private static boolean isAlongAxis(Op op) {
        return op instanceof Concat
                || op instanceof Slice
                || op instanceof Embed
                || op instanceof Take
                || op instanceof Scatter
                || op instanceof Resample;
    }

    /** An op that reads transposes of the given order. */
    static Optional<Carried> of(Op op, Transpose order) {
        if (isElementwise(op)) {
            return Optional.of(new Carried(op, order));
        }
        if (op instanceof Reduce reduce) {
            List<Integer> axes =
                    reduce.axes().stream().map(axis -> carried(axis, order)).toList();
            Reduce moved = new Reduce(reduce.reduction(), axes, reduce.keepDims());
            return Optional.of(new Carried(moved, reduce.keepDims() ? order : without(axes, order)));
        }
        if (op instanceof ArgMax search) {
            int axis = carried(search.axis(), order);
            ArgMax moved = new ArgMax(axis, search.keepDims(), search.last(), search.smallest());
            return Optional.of(new Carried(moved, search.keepDims() ? order : without(List.of(axis), order)));
        }
        return alongAxis(op, order).map(moved -> new Carried(moved, order));
    }

    /** An op along one axis, which stays one of as many. */
    private static Optional<Op> alongAxis(Op op, Transpose order) {
        if (op instanceof Concat concat) {
            return Optional.of(new Concat(carried(concat.axis(), order)));
        }
        if (op instanceof Slice slice) {
            return Optional.of(new Slice(carried(slice.axis(), order), slice.start(), slice.size()));
        }
        if (op instanceof Embed embed) {
            return Optional.of(new Embed(carried(embed.axis(), order), embed.start(), embed.total()));
        }
        if (op instanceof Take take) {
            return Optional.of(new Take(carried(take.axis(), order), take.indices()));
        }
        if (op instanceof Scatter scatter) {
            return Optional.of(new Scatter(carried(scatter.axis(), order), scatter.indices(), scatter.size()));
        }
        if (op instanceof Resample resample) {
            return Optional.of(new Resample(carried(resample.axis(), order), resample.taps()));
        }
        return Optional.empty();
    }

    /** The axis of what the transpose read. */
    private static int carried(int axis, Transpose order) {
        int rank = order.order().size();
        return order.order().get(axis < 0 ? axis + rank : axis);
    }

    /** The order of what is left when some axes of what the transpose read vanish. */
    private static Transpose without(List<Integer> axes, Transpose order) {
        List<Integer> left = IntStream.range(0, order.order().size())
                .boxed()
                .filter(axis -> !axes.contains(axis))
                .toList();
        return new Transpose(
                order.order().stream().filter(left::contains).map(left::indexOf).toList());
    }
}
