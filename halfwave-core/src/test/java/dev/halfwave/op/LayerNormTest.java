package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LayerNormTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of("layer_norm", LayerNormTest::forward, "layer_norm_gradient", LayerNormTest::gradient);
    }

    private static double epsilon(Draw draw) {
        return draw.between(0.05, 1.0);
    }

    private static Trial forward(Draw draw) {
        return Trial.of(new LayerNorm(epsilon(draw)), draw.values(draw.channelled()))
                .magnitude(1);
    }

    private static Trial gradient(Draw draw) {
        Shape shape = draw.channelled();
        DoubleTensor dy = draw.values(shape);
        return Trial.of(new LayerNormGradient(epsilon(draw)), dy, draw.values(shape))
                .fixed(0, 1)
                .magnitude(2);
    }

    @Test
    void refusesScalarsAndAnEpsilonOfZero() {
        Errors.of(new LayerNorm(1e-5), Shape.of())
                .hasMessage("layer_norm: expected rows with channels as last axis, received a scalar");
        assertThatThrownBy(() -> new LayerNorm(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer_norm: expected an epsilon above 0, received 0.0");
    }

    @Test
    void refusesGradientsOfAnotherShape() {
        Errors.of(new LayerNormGradient(1e-5), Shape.of(2, 3), Shape.of(2, 4))
                .hasMessage("layer_norm_gradient: expected a gradient of shape [2, 4], received [2, 3]");
    }
}
