package dev.halfwave.rewrite;

import dev.halfwave.graph.Op;
import dev.halfwave.op.Activate;
import dev.halfwave.op.ActivateGradient;
import dev.halfwave.op.Add;
import dev.halfwave.op.ArgMax;
import dev.halfwave.op.Binary;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Embed;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Transpose;
import dev.halfwave.op.Where;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An op in front of a transpose instead of behind it.
 *
 * <p>Ops that work element by element stay as they are; where an op names axes, these are carried along. Dropout is not
 * among them: its mask depends on the elements' numbers, which a transpose changes.
 *
 * @param op the op on what the transpose read
 * @param after the transpose of its result
 */
record Carried(Op op, Transpose after) {

    /** Whether an op can be carried at all, by some transpose. */
    static boolean isKind(Op op) {
        return isElementwise(op)
                || op instanceof Concat
                || op instanceof Slice
                || op instanceof Embed
                || op instanceof Reduce
                || op instanceof ArgMax;
    }

    private static boolean isElementwise(Op op) {
        return op instanceof Activate
                || op instanceof ActivateGradient
                || op instanceof Add
                || op instanceof Binary
                || op instanceof Where;
    }

    /** An op that reads transposes of the given order. */
    static Optional<Carried> of(Op op, Transpose order) {
        if (isElementwise(op)) {
            return Optional.of(new Carried(op, order));
        }
        if (op instanceof Concat concat) {
            return Optional.of(new Carried(new Concat(carried(concat.axis(), order)), order));
        }
        if (op instanceof Slice slice) {
            Slice moved = new Slice(carried(slice.axis(), order), slice.start(), slice.size());
            return Optional.of(new Carried(moved, order));
        }
        if (op instanceof Embed embed) {
            Embed moved = new Embed(carried(embed.axis(), order), embed.start(), embed.total());
            return Optional.of(new Carried(moved, order));
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
