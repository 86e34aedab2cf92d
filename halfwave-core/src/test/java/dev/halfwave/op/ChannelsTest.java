package dev.halfwave.op;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ChannelsTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of(
                "bias_add", ChannelsTest::biasAdd,
                "channel_sum", draw -> Trial.of(new ChannelSum(), draw.values(draw.channelled())),
                "prelu", ChannelsTest::prelu,
                "prelu_gradient", ChannelsTest::preluGradient);
    }

    private static Trial biasAdd(Draw draw) {
        DoubleTensor x = draw.values(draw.channelled());
        return Trial.of(new BiasAdd(), x, draw.values(Shape.of(x.shape().size(-1))));
    }

    private static Trial prelu(Draw draw) {
        DoubleTensor x = draw.values(draw.channelled());
        return Trial.of(new PRelu(), x, draw.values(Shape.of(x.shape().size(-1)), -0.5, 1.5))
                .regime(inputs -> {
                    double[] at = inputs.get(0).data();
                    return Trial.where(at.length, i -> at[i] > 0);
                })
                .magnitude(signedSum(x));
    }

    /** Terms of both signs cancel, so a slope's gradient is rounded in proportion to the root of their number. */
    private static double signedSum(DoubleTensor x) {
        return Math.sqrt(x.shape().rows());
    }

    private static Trial preluGradient(Draw draw) {
        DoubleTensor x = draw.values(draw.channelled());
        DoubleTensor dy = draw.values(x.shape());
        return Trial.of(
                        new PReluGradient(),
                        dy,
                        x,
                        draw.values(Shape.of(x.shape().size(-1))))
                .fixed(0, 1, 2)
                .magnitude(signedSum(x));
    }

    @Test
    void biasesBelongToChannels() {
        Errors.of(new BiasAdd(), Shape.of(2, 5, 5, 3), Shape.of(4))
                .hasMessage("bias_add: expected a bias with one number per channel of [2, 5, 5, 3], received [4]");
        Errors.of(new BiasAdd(), Shape.of(), Shape.of(1))
                .hasMessage("bias_add: expected a bias with one number per channel of [], received [1]");
    }

    @Test
    void slopesBelongToChannels() {
        Errors.of(new PRelu(), Shape.of(2, 3), Shape.of(2, 3))
                .hasMessage("prelu: expected slopes with one number per channel of [2, 3], received [2, 3]");
        Errors.of(new PReluGradient(), Shape.of(3, 2), Shape.of(2, 3), Shape.of(3))
                .hasMessage("prelu_gradient: expected a gradient of shape [2, 3], received [3, 2]");
    }

    @Test
    void sumsNeedChannels() {
        Errors.of(new ChannelSum(), Shape.of())
                .hasMessage("channel_sum: expected x with channels as last axis, received a scalar");
    }
}
