package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LogSoftmaxTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of("log_softmax", LogSoftmaxTest::forward, "log_softmax_gradient", LogSoftmaxTest::gradient);
    }

    /** Moderate logits, now and then so large that their exponentials overflow. */
    private static DoubleTensor logits(Draw draw) {
        double most = draw.chance(0.2) ? 200 : 4;
        return draw.values(draw.shape(draw.between(1, 4)), -most, most);
    }

    private static Trial forward(Draw draw) {
        return Trial.of(new LogSoftmax(), logits(draw)).magnitude(1);
    }

    private static Trial gradient(Draw draw) {
        DoubleTensor y = new LogSoftmax().evaluate(List.of(logits(draw)), 0).get(0);
        return Trial.of(new LogSoftmaxGradient(), draw.values(y.shape()), DoubleTensor.of(y.toFloat()))
                .fixed(0, 1)
                .magnitude(1);
    }

    @Test
    void staysFiniteWhereAProbabilityDoesNotFitAFloat() {
        DoubleTensor x = new DoubleTensor(Shape.of(2), new double[] {0, 1000});

        assertThat(new LogSoftmax().evaluate(List.of(x), 0).get(0).data()).containsExactly(-1000, 0);
    }

    @Test
    void refusesScalars() {
        Errors.of(new LogSoftmax(), Shape.of())
                .hasMessage("log_softmax: expected logits with channels as last axis, received a scalar");
    }

    @Test
    void refusesGradientsOfAnotherShape() {
        Errors.of(new LogSoftmaxGradient(), Shape.of(2, 3), Shape.of(2, 4))
                .hasMessage("log_softmax_gradient: expected a gradient of shape [2, 4], received [2, 3]");
    }
}
