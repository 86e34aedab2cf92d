package dev.halfwave.op;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Shapes that are repeated to one another, for the ops that do so. */
final class Repeated {
    private Repeated() {}

    /** A shape that can be repeated to the given one: itself, per channel, a single number, or any other. */
    static Shape to(Draw draw, Shape whole) {
        int[] sizes = whole.sizes();
        switch (draw.between(0, 4)) {
            case 0 -> {
                return whole;
            }
            case 1 -> {
                return draw.chance(0.5) ? Shape.of() : Shape.of(1);
            }
            case 2 -> {
                return Shape.of(whole.size(-1));
            }
            default -> {
                for (int axis = 0; axis < sizes.length; axis++) {
                    sizes[axis] = draw.chance(0.5) ? sizes[axis] : 1;
                }
                int missing = 0;
                while (missing < sizes.length && sizes[missing] == 1 && draw.chance(0.5)) {
                    missing++;
                }
                return Shape.of(Arrays.copyOfRange(sizes, missing, sizes.length));
            }
        }
    }

    /** What follows from each pair of operands, as a regime. */
    static List<Integer> pairs(List<DoubleTensor> inputs, Piece piece) {
        DoubleTensor a = inputs.get(0);
        DoubleTensor b = inputs.get(1);
        Shape out = new Binary(BinaryFunction.ADD)
                .infer(List.of(a.shape(), b.shape()))
                .get(0);
        IntToDoubleFunction left = broadcast(a, out);
        IntToDoubleFunction right = broadcast(b, out);
        return IntStream.range(0, out.elements())
                .map(i -> piece.of(left.applyAsDouble(i), right.applyAsDouble(i)))
                .boxed()
                .toList();
    }

    private static IntToDoubleFunction broadcast(DoubleTensor tensor, Shape out) {
        double[] all = new Broadcast(out).evaluate(List.of(tensor), 0).get(0).data();
        return i -> all[i];
    }

    /** The number of the smooth piece that two operands lie in. */
    interface Piece {
        int of(double a, double b);
    }
}
