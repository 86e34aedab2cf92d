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

class BatchNormTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of(
                "batch_norm",
                BatchNormTest::training,
                "batch_norm_gradient",
                draw -> gradient(draw, true),
                "frozen_batch_norm",
                BatchNormTest::frozen,
                "frozen_batch_norm_gradient",
                draw -> gradient(draw, false));
    }

    private static Trial training(Draw draw) {
        Shape shape = draw.channelled();
        Shape c = Shape.of(shape.size(-1));
        double center = draw.between(-2, 2);
        DoubleTensor x = draw.values(shape, center - 1, center + 1);
        BatchNorm op = new BatchNorm(epsilon(draw));
        DoubleTensor gamma = draw.values(c, 0.5, 1.5);
        DoubleTensor variance = op.evaluate(List.of(x, gamma, gamma), 0).get(2);
        return Trial.of(op, x, gamma, draw.values(c)).magnitude(magnitude(op.epsilon(), variance));
    }

    private static Trial frozen(Draw draw) {
        DoubleTensor x = draw.values(draw.channelled());
        Shape c = Shape.of(x.shape().size(-1));
        FrozenBatchNorm op = new FrozenBatchNorm(epsilon(draw));
        DoubleTensor variance = draw.values(c, 0.1, 2);
        return Trial.of(op, x, draw.values(c, 0.5, 1.5), draw.values(c), draw.values(c), variance)
                .fixed(3, 4)
                .magnitude(magnitude(op.epsilon(), variance));
    }

    private static Trial gradient(Draw draw, boolean training) {
        DoubleTensor x = draw.values(draw.channelled());
        Shape c = Shape.of(x.shape().size(-1));
        double epsilon = epsilon(draw);
        DoubleTensor variance = draw.values(c, 0.1, 2);
        return Trial.of(
                        training ? new BatchNormGradient(epsilon) : new FrozenBatchNormGradient(epsilon),
                        draw.values(x.shape(), -1, 1),
                        x,
                        draw.values(c, 0.5, 1.5),
                        draw.values(c, -0.5, 0.5),
                        variance)
                .fixed(0, 1, 2, 3, 4)
                .magnitude(magnitude(epsilon, variance));
    }

    private static double epsilon(Draw draw) {
        return draw.of(List.of(1e-5, 1e-3));
    }

    /** By how much a rounding error of the input grows: 1/σ of the narrowest channel, times the largest of x and γ. */
    private static double magnitude(double epsilon, DoubleTensor variance) {
        double narrowest = Arrays.stream(variance.data()).min().orElseThrow();
        return 4 / Math.sqrt(narrowest + epsilon);
    }

    @Test
    void everyChannelComesToBetaAndGamma() {
        DoubleTensor x = new DoubleTensor(Shape.of(3, 2), new double[] {1, 10, 2, 20, 6, 60});
        DoubleTensor gamma = new DoubleTensor(Shape.of(2), new double[] {1, 2});
        DoubleTensor beta = new DoubleTensor(Shape.of(2), new double[] {0, -1});
        List<DoubleTensor> out = new BatchNorm(1e-12).evaluate(List.of(x, gamma, beta), 0);
        Offset<Double> close = Offset.offset(1e-9);
        assertThat(out.get(1).data()).containsExactly(new double[] {3, 30}, close);
        assertThat(out.get(2).data()).containsExactly(new double[] {14 / 3.0, 1400 / 3.0}, close);
        double sigma = Math.sqrt(14 / 3.0);
        double[] y = {-2 / sigma, -4 / sigma - 1, -1 / sigma, -2 / sigma - 1, 3 / sigma, 6 / sigma - 1};
        assertThat(out.get(0).data()).containsExactly(y, close);
    }

    @Test
    void refusesEmptyBatches() {
        Errors.of(new BatchNorm(1e-5), Shape.of(0, 3), Shape.of(3), Shape.of(3))
                .hasMessage("batch_norm: expected at least one row to take statistics of, received [0, 3]");
    }

    @Test
    void parametersBelongToChannels() {
        Errors.of(new BatchNorm(1e-5), Shape.of(2, 3), Shape.of(2), Shape.of(3))
                .hasMessage("batch_norm: expected gamma with one number per channel of [2, 3], received [2]");
        Errors.of(new BatchNorm(1e-5), Shape.of(2, 3), Shape.of(3), Shape.of(3, 1))
                .hasMessage("batch_norm: expected beta with one number per channel of [2, 3], received [3, 1]");
        Errors.of(new FrozenBatchNorm(1e-5), Shape.of(2, 3), Shape.of(3), Shape.of(3), Shape.of(4), Shape.of(3))
                .hasMessage("frozen_batch_norm: expected mean with one number per channel of [2, 3], received [4]");
        Errors.of(new FrozenBatchNorm(1e-5), Shape.of(2, 3), Shape.of(3), Shape.of(3))
                .hasMessage("frozen_batch_norm: expected 5 inputs, received 3 [[2, 3], [3], [3]]");
    }

    @Test
    void gradientsHaveTheShapeOfX() {
        Shape c = Shape.of(3);
        Errors.of(new BatchNormGradient(1e-5), Shape.of(3, 3), Shape.of(2, 3), c, c, c)
                .hasMessage("batch_norm_gradient: expected a gradient of shape [2, 3], received [3, 3]");
        Errors.of(new FrozenBatchNormGradient(1e-5), Shape.of(2, 3), Shape.of(2, 3), c, c, Shape.of(2))
                .hasMessage("frozen_batch_norm_gradient: expected variance with one number per channel of [2, 3],"
                        + " received [2]");
    }

    @Test
    void epsilonIsPositive() {
        assertThatThrownBy(() -> new BatchNorm(0))
                .hasMessage("batch norm: expected an epsilon above 0, received 0.0; 1e-5 is usual");
    }
}
