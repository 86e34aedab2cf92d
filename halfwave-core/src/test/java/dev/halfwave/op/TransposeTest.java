package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransposeTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of("transpose", TransposeTest::transpose);
    }

    private static Trial transpose(Draw draw) {
        if (draw.chance(0.3)) {
            Transpose images = draw.of(List.of(Transpose.of(0, 2, 3, 1), Transpose.of(0, 3, 1, 2)));
            return Trial.of(images, draw.values(draw.shape(4)));
        }
        int rank = draw.between(1, 8);
        Shape shape = rank <= 4 ? draw.shape(rank) : small(draw, rank);
        return Trial.of(new Transpose(shuffled(draw, rank)), draw.values(shape));
    }

    private static Shape small(Draw draw, int rank) {
        return Shape.of(IntStream.range(0, rank)
                .map(axis -> draw.between(1, rank > 6 ? 2 : 3))
                .toArray());
    }

    private static List<Integer> shuffled(Draw draw, int rank) {
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            order.add(draw.between(0, order.size()), axis);
        }
        return order;
    }

    @Test
    void channelsGoLast() {
        double[] pixels = IntStream.range(0, 12).mapToDouble(i -> i).toArray();
        DoubleTensor x = new DoubleTensor(Shape.of(1, 3, 2, 2), pixels);
        DoubleTensor y = Transpose.of(0, 2, 3, 1).evaluate(List.of(x), 0).get(0);
        assertThat(y.shape()).isEqualTo(Shape.of(1, 2, 2, 3));
        assertThat(y.data()).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
    }

    @Test
    void theInverseTakesBack() {
        Transpose order = Transpose.of(2, 0, 3, 1);
        assertThat(order.inverse()).isEqualTo(Transpose.of(1, 3, 0, 2));
        assertThat(order.inverse().after(order)).isEqualTo(Transpose.of(0, 1, 2, 3));
        Shape x = Shape.of(2, 3, 4, 5);
        Transpose next = Transpose.of(1, 2, 0, 3);
        assertThat(next.after(order).infer(List.of(x))).isEqualTo(next.infer(order.infer(List.of(x))));
    }

    @Test
    void movingAxesOfOneElementMovesNothing() {
        assertThat(Transpose.of(0, 2, 3, 1).isReshape(Shape.of(2, 5, 1, 1))).isTrue();
        assertThat(Transpose.of(0, 2, 3, 1).isReshape(Shape.of(2, 1, 4, 3))).isTrue();
        assertThat(Transpose.of(0, 2, 3, 1).isReshape(Shape.of(2, 5, 1, 3))).isFalse();
        assertThat(Transpose.of(0, 1).isReshape(Shape.of(2, 5))).isTrue();
    }

    @Test
    void emptyTensorsAndScalarsAreTransposed() {
        assertThat(Kernel.run(Transpose.of(2, 0, 1), DoubleTensor.zeros(Shape.of(2, 0, 3)))
                        .shape())
                .isEqualTo(Shape.of(3, 2, 0));
        DoubleTensor scalar = new DoubleTensor(Shape.of(), new double[] {7});
        assertThat(Kernel.run(Transpose.of(), scalar).data()).containsExactly(7);
    }

    @Test
    void theOrderHasEveryAxisOnce() {
        assertThatThrownBy(() -> Transpose.of(0, 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transpose: expected each of 3 axes once, counted from 0, received [0, 2, 2]");
        assertThatThrownBy(() -> Transpose.of(1, -1))
                .hasMessage("transpose: expected each of 2 axes once, counted from 0, received [1, -1]");
        Errors.of(Transpose.of(1, 0), Shape.of(2, 3, 4))
                .hasMessage("transpose: expected an input with 2 axes to put in order [1, 0], received [2, 3, 4]");
    }
}
