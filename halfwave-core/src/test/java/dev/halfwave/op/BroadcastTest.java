package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BroadcastTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of("broadcast", BroadcastTest::broadcast, "where", BroadcastTest::where);
    }

    private static Trial broadcast(Draw draw) {
        Shape whole = draw.shape(draw.between(1, 4));
        return Trial.of(new Broadcast(whole), draw.values(Repeated.to(draw, whole)));
    }

    private static Trial where(Draw draw) {
        Shape whole = draw.shape(draw.between(1, 4));
        DoubleTensor condition = draw.values(Repeated.to(draw, whole));
        for (int i = 0; i < condition.data().length; i++) {
            condition.data()[i] = draw.chance(0.5) ? 0 : condition.data()[i];
        }
        return Trial.of(
                        new Where(),
                        condition,
                        draw.values(Repeated.to(draw, whole)),
                        draw.values(Repeated.to(draw, whole)))
                .fixed(0);
    }

    private static DoubleTensor tensor(Shape shape, double... values) {
        return new DoubleTensor(shape, values);
    }

    @Test
    void rowsAndColumnsAreRepeated() {
        Broadcast op = new Broadcast(Shape.of(2, 3));
        assertThat(op.evaluate(List.of(tensor(Shape.of(3), 1, 2, 3)), 0).get(0).data())
                .containsExactly(1, 2, 3, 1, 2, 3);
        assertThat(op.evaluate(List.of(tensor(Shape.of(2, 1), 1, 2)), 0).get(0).data())
                .containsExactly(1, 1, 1, 2, 2, 2);
        assertThat(Kernel.run(op, tensor(Shape.of(2, 1), 1, 2)).data()).containsExactly(1, 1, 1, 2, 2, 2);
    }

    @Test
    void nothingIsRepeatedToNothing() {
        assertThat(Kernel.run(new Broadcast(Shape.of(0, 3)), tensor(Shape.of(3), 1, 2, 3))
                        .shape())
                .isEqualTo(Shape.of(0, 3));
    }

    @Test
    void whatIsNotANumberIsTrue() {
        DoubleTensor condition = tensor(Shape.of(3), 0, Double.NaN, -1);
        assertThat(Kernel.run(new Where(), condition, tensor(Shape.of(), 1), tensor(Shape.of(), 2))
                        .data())
                .containsExactly(2, 1, 1);
    }

    @Test
    void shapesHaveToFit() {
        Errors.of(new Broadcast(Shape.of(2, 3)), Shape.of(2))
                .hasMessage(
                        "broadcast: expected shapes that agree on every axis counted from the last, or have 1 there,"
                                + " received [[2], [2, 3]]");
        Errors.of(new Broadcast(Shape.of(2, 1)), Shape.of(2, 3))
                .hasMessage("broadcast: expected an input that can be repeated to [2, 1], received [2, 3]");
        Errors.of(new Broadcast(Shape.of(3)), Shape.of(1, 3))
                .hasMessage("broadcast: expected an input that can be repeated to [3], received [1, 3]");
        Errors.of(new Where(), Shape.of(2), Shape.of(3), Shape.of(1))
                .hasMessage("where: expected shapes that agree on every axis counted from the last, or have 1 there,"
                        + " received [[2], [3], [1]]");
        Errors.of(new Where(), Shape.of(2)).hasMessage("where: expected 3 inputs, received 1 [[2]]");
    }
}
