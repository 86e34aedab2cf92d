package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Sizes;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Ops that ask for a shape, or give the same elements another one. */
final class Shapes {
    private Shapes() {}

    static List<Operand> shape(Call call) {
        Shape s = call.shape(0);
        int start = within(call.attributes().integer("start", 0), s.rank());
        int end = within(call.attributes().integer("end", s.rank()), s.rank());
        double[] sizes = Arrays.stream(s.sizes(), start, Math.max(start, end))
                .asDoubleStream()
                .toArray();
        return Call.of(call.constants(sizes), ElementType.INT64);
    }

    private static int within(long axis, int rank) {
        return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
    }

    static List<Operand> size(Call call) {
        return Call.of(call.constant(call.shape(0).elements()), ElementType.INT64);
    }

    static Value reshape(Call call) {
        List<Long> wanted = call.integers(1, "shape", "sizes");
        if (wanted == null) {
            throw call.wrong("a shape", "none");
        }
        Shape x = call.shape(0);
        boolean allowZero = call.attributes().flag("allowzero", false);
        List<Long> sizes = new ArrayList<>(wanted);
        int open = -1;
        long product = 1;
        for (int axis = 0; axis < sizes.size(); axis++) {
            if (sizes.get(axis) == 0 && !allowZero) {
                sizes.set(axis, (long) x.size(axis));
            }
            if (sizes.get(axis) == -1) {
                if (open >= 0) {
                    throw call.wrong("at most one size of -1", wanted.toString());
                }
                open = axis;
            } else {
                product = Math.multiplyExact(product, sizes.get(axis));
            }
        }
        if (open >= 0) {
            sizes.set(open, product == 0 ? 0 : x.elements() / product);
        }
        return call.reshape(call.value(0), Sizes.shape(rebatched(call, x, sizes), "sizes"));
    }

    /** Where a file fixes the batch at 1 in the shape, too, and another one was asked for. */
    private static List<Long> rebatched(Call call, Shape x, List<Long> sizes) {
        if (call.batch() > 1 && !sizes.isEmpty() && sizes.get(0) == 1) {
            long product = sizes.stream().reduce(1L, Math::multiplyExact);
            if (product * call.batch() == x.elements()) {
                List<Long> changed = new ArrayList<>(sizes);
                changed.set(0, (long) call.batch());
                return changed;
            }
        }
        return sizes;
    }

    static Value flatten(Call call) {
        Shape s = call.shape(0);
        long axis = call.attributes().integer("axis", 1);
        int at = axis == s.rank() ? s.rank() : Call.axis(axis, s.rank());
        return call.reshape(call.value(0), s.product(0, at), s.product(at, s.rank()));
    }

    static Value squeeze(Call call) {
        Shape s = call.shape(0);
        List<Long> given = call.integers(1, "axes", "axes");
        List<Integer> axes = given == null ? List.of() : Call.axes(given, s.rank());
        List<Long> sizes = new ArrayList<>();
        for (int axis = 0; axis < s.rank(); axis++) {
            boolean named = given == null ? s.size(axis) == 1 : axes.contains(axis);
            if (named && s.size(axis) != 1) {
                throw call.wrong("axes of size 1 to squeeze", given + " of " + s);
            }
            if (!named) {
                sizes.add((long) s.size(axis));
            }
        }
        return call.reshape(call.value(0), Sizes.shape(sizes, "sizes"));
    }

    static Value unsqueeze(Call call) {
        Shape s = call.shape(0);
        List<Long> given = call.integers(1, "axes", "axes");
        if (given == null) {
            throw call.wrong("axes", "none");
        }
        int rank = s.rank() + given.size();
        List<Integer> axes = Call.axes(given, rank);
        List<Long> sizes = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < rank; axis++) {
            sizes.add(axes.contains(axis) ? 1L : s.size(next++));
        }
        return call.reshape(call.value(0), Sizes.shape(sizes, "sizes"));
    }

    static Value transpose(Call call) {
        int rank = call.shape(0).rank();
        List<Long> given = call.attributes().integers("perm");
        List<Integer> order = new ArrayList<>(Axes.range(0, rank));
        if (given == null) {
            Collections.reverse(order);
        } else {
            order = Call.axes(given, rank);
            if (order.size() != rank) {
                throw call.attributes().wrong("perm", "an order of " + rank + " axes", given.toString());
            }
        }
        return call.add(new Transpose(order), call.value(0));
    }

    static Value expand(Call call) {
        Shape wanted = Sizes.shape(call.integers(1, "sizes"), "sizes");
        Shape stretched = stretched(call.shape(0), wanted);
        return stretched.equals(call.shape(0)) ? call.value(0) : call.add(new Broadcast(stretched), call.value(0));
    }

    /** The shape to which both are stretched. */
    private static Shape stretched(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        int[] sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int sizeA = axis < rank - a.rank() ? 1 : a.size(axis - rank + a.rank());
            int sizeB = axis < rank - b.rank() ? 1 : b.size(axis - rank + b.rank());
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1) {
                throw new IllegalArgumentException("expected sizes that agree or are 1, received " + a + " and " + b);
            }
            sizes[axis] = sizeA == 1 ? sizeB : sizeA;
        }
        return Shape.of(sizes);
    }

    /** Blocks of channels become blocks of pixels. */
    static Value depthToSpace(Call call) {
        Shape s = images(call);
        int b = block(call, s.size(1));
        int c = s.size(1) / b / b;
        Value split = isDepthFirst(call)
                ? call.add(
                        Transpose.of(0, 3, 4, 1, 5, 2),
                        call.reshape(call.value(0), s.size(0), b, b, c, s.size(2), s.size(3)))
                : call.add(
                        Transpose.of(0, 1, 4, 2, 5, 3),
                        call.reshape(call.value(0), s.size(0), c, b, b, s.size(2), s.size(3)));
        return call.reshape(split, s.size(0), c, Math.multiplyExact(s.size(2), b), Math.multiplyExact(s.size(3), b));
    }

    static Value spaceToDepth(Call call) {
        Shape s = images(call);
        int b = call.attributes().small("blocksize", 0);
        if (b < 1 || s.size(2) % b != 0 || s.size(3) % b != 0) {
            throw call.attributes().wrong("blocksize", "a divisor of the image's sides in " + s, Integer.toString(b));
        }
        int h = s.size(2) / b;
        int w = s.size(3) / b;
        Value split = call.reshape(call.value(0), s.size(0), s.size(1), h, b, w, b);
        Transpose turn = isDepthFirst(call) ? Transpose.of(0, 3, 5, 1, 2, 4) : Transpose.of(0, 1, 3, 5, 2, 4);
        Value turned = call.add(turn, split);
        return call.reshape(turned, s.size(0), Math.multiplyExact(s.size(1), Math.multiplyExact(b, b)), h, w);
    }

    private static boolean isDepthFirst(Call call) {
        return call.attributes().choice("mode", "DCR", List.of("DCR", "CRD")).equals("DCR");
    }

    private static Shape images(Call call) {
        Shape s = call.shape(0);
        if (s.rank() != 4) {
            throw new IllegalArgumentException("expected images [N, C, H, W], received " + s);
        }
        return s;
    }

    private static int block(Call call, int channels) {
        long b = call.attributes().integer("blocksize", 0);
        if (b < 1 || b > channels || channels % (b * b) != 0) {
            throw call.attributes()
                    .wrong("blocksize", "a number whose square divides " + channels + " channels", Long.toString(b));
        }
        return (int) b;
    }
}
