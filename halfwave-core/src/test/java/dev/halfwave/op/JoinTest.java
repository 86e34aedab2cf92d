package dev.halfwave.op;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class JoinTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of("concat", JoinTest::concat, "slice", JoinTest::slice, "embed", JoinTest::embed);
    }

    private static Trial concat(Draw draw) {
        Shape shape = draw.channelled();
        int axis = axis(draw, shape);
        DoubleTensor[] inputs = new DoubleTensor[draw.between(2, 4)];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = draw.values(shape.with(axis, draw.between(1, shape.size(axis))));
        }
        return Trial.of(new Concat(axis), inputs);
    }

    private static Trial slice(Draw draw) {
        Shape shape = draw.channelled();
        int axis = axis(draw, shape);
        int start = draw.between(0, shape.size(axis) - 1);
        int size = draw.between(1, shape.size(axis) - start);
        return Trial.of(new Slice(axis, start, size), draw.values(shape));
    }

    private static Trial embed(Draw draw) {
        Shape shape = draw.channelled();
        int axis = axis(draw, shape);
        int start = draw.between(0, 3);
        int total = start + shape.size(axis) + draw.between(0, 3);
        return Trial.of(new Embed(axis, start, total), draw.values(shape));
    }

    /** Any axis, counted from the front or from the end. */
    private static int axis(Draw draw, Shape shape) {
        return draw.between(-shape.rank(), shape.rank() - 1);
    }

    @Test
    void concatenationNeedsTwoInputsThatAgree() {
        Errors.of(new Concat(0), Shape.of(2)).hasMessage("concat: expected at least 2 inputs, received 1 [[2]]");
        Errors.of(new Concat(-1), Shape.of(2, 3), Shape.of(3, 3))
                .hasMessage("concat: expected inputs that differ on axis 1 alone, received [[2, 3], [3, 3]]");
        Errors.of(new Concat(1), Shape.of(2, 3), Shape.of(2, 3, 1))
                .hasMessage("concat: expected inputs that differ on axis 1 alone, received [[2, 3], [2, 3, 1]]");
    }

    @Test
    void axesExist() {
        Errors.of(new Concat(2), Shape.of(2, 3), Shape.of(2, 3))
                .hasMessage("concat: expected an axis from -2 to 1 of [2, 3], received 2");
        Errors.of(new Slice(-3, 0, 1), Shape.of(2, 3))
                .hasMessage("slice: expected an axis from -2 to 1 of [2, 3], received -3");
        Errors.of(new Embed(0, 0, 1), Shape.of()).hasMessage("embed: expected an axis of a tensor, received a scalar");
    }

    @Test
    void rangesLieInsideTheAxis() {
        Errors.of(new Slice(1, 2, 2), Shape.of(2, 3))
                .hasMessage("slice: expected a range within the 3 elements of axis 1 of [2, 3], received start 2 and"
                        + " size 2");
        Errors.of(new Slice(1, -1, 2), Shape.of(2, 3))
                .hasMessage("slice: expected a range within the 3 elements of axis 1 of [2, 3], received start -1 and"
                        + " size 2");
        Errors.of(new Embed(-1, 1, 3), Shape.of(2, 3))
                .hasMessage("embed: expected a range within the 3 elements of axis 1 of [2, 3], received start 1 and"
                        + " size 3");
    }
}
