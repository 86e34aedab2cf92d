package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DropoutTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of("dropout", DropoutTest::trial);
    }

    private static Trial trial(Draw draw) {
        double rate = draw.of(List.of(0.0, 0.1, 0.25, 0.5, 0.9));
        return Trial.of(new Dropout(rate, draw.random().nextLong()), draw.values(draw.channelled()));
    }

    @Test
    void dropsTheGivenShareAndKeepsTheSum() {
        DoubleTensor ones = new DoubleTensor(Shape.of(100_000), new double[100_000]);
        Arrays.fill(ones.data(), 1);
        double[] y = new Dropout(0.3, 7).evaluate(List.of(ones), 11).get(0).data();
        double dropped = Arrays.stream(y).filter(value -> value == 0).count() / 1e5;
        assertThat(dropped).isCloseTo(0.3, Offset.offset(0.01));
        assertThat(Arrays.stream(y).sum() / 1e5).isCloseTo(1, Offset.offset(0.02));
    }

    @Test
    void masksDifferByOpAndByRun() {
        DoubleTensor ones = new DoubleTensor(Shape.of(1000), new double[1000]);
        Arrays.fill(ones.data(), 1);
        double[] mask = new Dropout(0.5, 1).evaluate(List.of(ones), 1).get(0).data();
        assertThat(new Dropout(0.5, 1).evaluate(List.of(ones), 1).get(0).data()).isEqualTo(mask);
        assertThat(new Dropout(0.5, 2).evaluate(List.of(ones), 1).get(0).data()).isNotEqualTo(mask);
        assertThat(new Dropout(0.5, 1).evaluate(List.of(ones), 2).get(0).data()).isNotEqualTo(mask);
    }

    @Test
    void rateIsBelowOne() {
        assertThatThrownBy(() -> new Dropout(1, 0))
                .hasMessage("dropout: expected a rate from 0 to below 1, received 1.0; it is the share of elements to"
                        + " drop");
        Errors.of(new Dropout(0.5, 0)).hasMessage("dropout: expected 1 inputs, received 0 []");
    }
}
