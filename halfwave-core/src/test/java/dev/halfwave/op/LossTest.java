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

class LossTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of(
                "softmax", LossTest::softmax,
                "softmax_gradient", LossTest::softmaxGradient,
                "softmax_cross_entropy", LossTest::crossEntropy,
                "softmax_cross_entropy_gradient", LossTest::crossEntropyGradient,
                "multiclass_hinge", LossTest::hinge,
                "multiclass_hinge_gradient", LossTest::hingeGradient);
    }

    /** Moderate logits, now and then so large that their exponentials overflow. */
    private static DoubleTensor logits(Draw draw, Shape shape) {
        double most = draw.chance(0.2) ? 200 : 4;
        return draw.values(shape, -most, most);
    }

    private static Trial softmax(Draw draw) {
        DoubleTensor x = logits(draw, draw.shape(draw.between(2, 4)));
        return Trial.of(new Softmax(), x).magnitude(largestProbability(x));
    }

    private static Trial softmaxGradient(Draw draw) {
        DoubleTensor x = logits(draw, draw.shape(draw.between(2, 4)));
        DoubleTensor y = new Softmax().evaluate(List.of(x), 0).get(0);
        return Trial.of(new SoftmaxGradient(), draw.values(x.shape()), DoubleTensor.of(y.toFloat()))
                .fixed(0, 1)
                .magnitude(largestProbability(x));
    }

    /** What gradients are differences of. */
    private static double largestProbability(DoubleTensor logits) {
        double[] y = new Softmax().evaluate(List.of(logits), 0).get(0).data();
        return Arrays.stream(y).max().orElseThrow();
    }

    private static Trial crossEntropy(Draw draw) {
        Shape shape = draw.shape(2);
        DoubleTensor labels = draw.labels(shape.size(0), shape.size(1));
        return Trial.of(new SoftmaxCrossEntropy(), logits(draw, shape), labels)
                .fixed(1)
                .magnitude(1.0 / shape.size(0));
    }

    private static Trial crossEntropyGradient(Draw draw) {
        Shape shape = draw.shape(2);
        DoubleTensor labels = draw.labels(shape.size(0), shape.size(1));
        DoubleTensor dloss = draw.values(Shape.of(), 0.5, 2);
        return Trial.of(new SoftmaxCrossEntropyGradient(), logits(draw, shape), labels, dloss)
                .fixed(0, 1, 2)
                .magnitude(1.0 / shape.size(0));
    }

    private static Trial hinge(Draw draw) {
        Shape shape = draw.shape(2);
        DoubleTensor labels = draw.labels(shape.size(0), shape.size(1));
        double margin = draw.of(List.of(0.5, 1.0, 2.0));
        return Trial.of(new MulticlassHinge(margin), steps(draw, shape), labels)
                .fixed(1)
                .regime(inputs -> active(inputs, margin));
    }

    private static Trial hingeGradient(Draw draw) {
        Shape shape = draw.shape(2);
        DoubleTensor labels = draw.labels(shape.size(0), shape.size(1));
        MulticlassHingeGradient op = new MulticlassHingeGradient(draw.of(List.of(0.5, 1.0, 2.0)));
        return Trial.of(op, steps(draw, shape), labels, draw.values(Shape.of(), 0.5, 2))
                .fixed(0, 1, 2);
    }

    /**
     * Multiples of 1/1024: their differences are exact in float32 too, so both sides agree on which terms are active.
     */
    private static DoubleTensor steps(Draw draw, Shape shape) {
        DoubleTensor x = draw.values(shape, -2, 2);
        for (int i = 0; i < x.data().length; i++) {
            x.data()[i] = Math.rint(1024 * x.data()[i]) / 1024;
        }
        return x;
    }

    private static Object active(List<DoubleTensor> inputs, double margin) {
        double[] x = inputs.get(0).data();
        int n = inputs.get(0).shape().size(1);
        return Trial.where(x.length, i -> {
            int label = i / n * n + (int) inputs.get(1).data()[i / n];
            return i != label && x[i] - x[label] + margin > 0;
        });
    }

    @Test
    void equalLogitsLoseTheLogarithmOfTheClasses() {
        List<DoubleTensor> inputs = List.of(
                new DoubleTensor(Shape.of(2, 4), new double[8]), new DoubleTensor(Shape.of(2), new double[] {0, 3}));
        Offset<Double> close = Offset.offset(1e-12);
        assertThat(new SoftmaxCrossEntropy().evaluate(inputs, 0).get(0).data()[0])
                .isCloseTo(Math.log(4), close);
        assertThat(new MulticlassHinge(1).evaluate(inputs, 0).get(0).data()[0]).isCloseTo(3, close);
    }

    @Test
    void lossesStayFiniteWhereProbabilitiesVanish() {
        DoubleTensor logits = new DoubleTensor(Shape.of(1, 2), new double[] {2000, 0});
        DoubleTensor label = new DoubleTensor(Shape.of(1), new double[] {1});
        assertThat(new SoftmaxCrossEntropy()
                        .evaluate(List.of(logits, label), 0)
                        .get(0)
                        .data()[0])
                .isEqualTo(2000);
    }

    @Test
    void logitsAreRowsAndLabelsOnePerRow() {
        Errors.of(new SoftmaxCrossEntropy(), Shape.of(4, 2, 2, 3), Shape.of(4))
                .hasMessage("softmax_cross_entropy: expected logits with 2 axes [N, K], received [4, 2, 2, 3]; put a"
                        + " Flatten in front");
        Errors.of(new SoftmaxCrossEntropy(), Shape.of(4, 3), Shape.of(4, 1))
                .hasMessage("softmax_cross_entropy: expected labels of shape [4], received [4, 1]");
        Errors.of(new MulticlassHinge(1), Shape.of(0, 3), Shape.of(0))
                .hasMessage("multiclass_hinge: expected at least one row of logits, received [0, 3]");
        Errors.of(new SoftmaxCrossEntropyGradient(), Shape.of(4, 3), Shape.of(4), Shape.of(4))
                .hasMessage("softmax_cross_entropy_gradient: expected a loss gradient of shape [], received [4]");
        Errors.of(new MulticlassHingeGradient(1), Shape.of(4, 3), Shape.of(4))
                .hasMessage("multiclass_hinge_gradient: expected 3 inputs, received 2 [[4, 3], [4]]");
    }

    @Test
    void softmaxNeedsAnAxis() {
        Errors.of(new Softmax(), Shape.of())
                .hasMessage("softmax: expected logits with channels as last axis, received a scalar");
        Errors.of(new SoftmaxGradient(), Shape.of(2, 3), Shape.of(3, 2))
                .hasMessage("softmax_gradient: expected a gradient of shape [3, 2], received [2, 3]");
    }

    @Test
    void marginIsPositive() {
        assertThatThrownBy(() -> new MulticlassHinge(-1))
                .hasMessage("multiclass hinge: expected a margin above 0, received -1.0; 1 is usual");
    }
}
