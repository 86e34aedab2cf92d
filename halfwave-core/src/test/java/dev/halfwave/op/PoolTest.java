package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PoolTest implements OpContract {
    private static final Window ONE = Window.of(1, 1);
    private static final Window TWO = Window.of(2, 2);

    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of(
                "max_pool2d", PoolTest::max,
                "max_pool2d_gradient", PoolTest::maxGradient,
                "max_pool_indices", PoolTest::indices,
                "avg_pool2d", PoolTest::average,
                "avg_pool2d_gradient", PoolTest::averageGradient);
    }

    private static Trial max(Draw draw) {
        Shape shape = images(draw);
        MaxPool2d op = new MaxPool2d(window(draw, shape.size(1)), window(draw, shape.size(2)));
        return Trial.of(op, draw.values(shape)).regime(inputs -> winners(op, inputs.get(0)));
    }

    /** Where each window's first largest element stands. */
    static List<Integer> winners(MaxPool2d op, DoubleTensor x) {
        double[] y = op.evaluate(List.of(x), 0).get(0).data();
        Integer[] winners = new Integer[y.length];
        new PoolLoops(PoolLoops.geometry(x.shape(), op.vertical(), op.horizontal(), false)).each((xi, yi) -> {
            if (winners[yi] == null && x.data()[xi] == y[yi]) {
                winners[yi] = xi;
            }
        });
        return Arrays.asList(winners);
    }

    private static Trial maxGradient(Draw draw) {
        Shape shape = images(draw);
        MaxPool2d pool = new MaxPool2d(window(draw, shape.size(1)), window(draw, shape.size(2)));
        DoubleTensor x = draw.values(shape);
        DoubleTensor y = pool.evaluate(List.of(x), 0).get(0);
        MaxPool2dGradient op = new MaxPool2dGradient(pool.vertical(), pool.horizontal());
        return Trial.of(op, draw.values(y.shape()), x, y).fixed(0, 1, 2);
    }

    private static Trial indices(Draw draw) {
        Shape shape = images(draw);
        MaxPoolIndices op = new MaxPoolIndices(wide(draw, shape.size(1)), wide(draw, shape.size(2)));
        return Trial.of(op, draw.values(shape)).fixed(0);
    }

    private static Trial average(Draw draw) {
        Shape shape = images(draw);
        if (draw.chance(0.2)) { // global average pooling
            AvgPool2d whole = new AvgPool2d(Window.of(shape.size(1), 1), Window.of(shape.size(2), 1), false);
            return Trial.of(whole, draw.values(shape));
        }
        AvgPool2d op = new AvgPool2d(wide(draw, shape.size(1)), wide(draw, shape.size(2)), draw.chance(0.5));
        return Trial.of(op, draw.values(shape));
    }

    private static Trial averageGradient(Draw draw) {
        Shape shape = images(draw);
        int h = shape.size(1);
        int w = shape.size(2);
        AvgPool2d pool = new AvgPool2d(wide(draw, h), wide(draw, w), draw.chance(0.5));
        AvgPool2dGradient op = new AvgPool2dGradient(pool.vertical(), pool.horizontal(), pool.countPadding(), h, w);
        return Trial.of(op, draw.values(pool.infer(List.of(shape)).get(0)));
    }

    private static Shape images(Draw draw) {
        while (true) {
            Shape shape = Shape.of(draw.between(1, 4), draw.size(), draw.size(), draw.size());
            if (shape.elements() <= draw.work() / 5) {
                return shape;
            }
        }
    }

    /** The usual window of two, or any. */
    private static Window window(Draw draw, int length) {
        return length >= 2 && draw.chance(0.3) ? TWO : draw.window(length);
    }

    /** The same, now and then with windows that see mostly or nothing but padding. */
    private static Window wide(Draw draw, int length) {
        Window window = window(draw, length);
        int more = draw.chance(0.3) ? draw.between(1, 4) : 0;
        return new Window(
                window.size(), window.stride(), window.dilation(), window.before() + more, window.after() + more / 2);
    }

    @Test
    void refusesWhatIsNoImage() {
        Errors.of(new MaxPool2d(TWO, TWO), Shape.of(2, 9))
                .hasMessage("max_pool2d: expected images with 4 axes [N, H, W, C], received [2, 9]");
        Errors.of(new AvgPool2d(TWO, TWO, true), Shape.of(9))
                .hasMessage("avg_pool2d: expected images with 4 axes [N, H, W, C], received [9]");
    }

    @Test
    void refusesWindowsThatDoNotFit() {
        Errors.of(new MaxPool2d(TWO, Window.of(3, 1)), Shape.of(2, 9, 2, 3))
                .hasMessage("max_pool2d: expected an axis of at least 3 for a window of 3, received 2; use a smaller"
                        + " window or more padding");
    }

    @Test
    void aWindowThatSeesOnlyPaddingHasTheMaximumOfNothing() {
        Window before = new Window(2, 3, 1, 2, 0); // sees nothing, then elements 1 and 2
        DoubleTensor x = new DoubleTensor(Shape.of(1, 3, 1, 1), new double[] {5, -7, -6});

        assertThat(new MaxPool2d(before, ONE).evaluate(List.of(x), 0).get(0).data())
                .containsExactly(Double.NEGATIVE_INFINITY, -6);
        assertThat(new MaxPoolIndices(before, ONE)
                        .evaluate(List.of(x), 0)
                        .get(0)
                        .data())
                .containsExactly(-1, 2);
        assertThat(new MaxPool2d(before, ONE).hasEmptyWindows(x.shape())).isTrue();
        assertThat(new MaxPool2d(TWO, ONE).hasEmptyWindows(x.shape())).isFalse();
    }

    @Test
    void aWindowThatSeesOnlyPaddingAveragesToZero() {
        Window between = new Window(2, 1, 2, 1, 1); // sees both sides of the only element
        DoubleTensor x = new DoubleTensor(Shape.of(1, 1, 1, 1), new double[] {5});

        assertThat(new AvgPool2d(between, ONE, false)
                        .evaluate(List.of(x), 0)
                        .get(0)
                        .data())
                .containsExactly(0);
    }

    @Test
    void positionsFitAFloat() {
        Errors.of(new MaxPoolIndices(TWO, TWO), Shape.of(1, 8192, 4096, 1))
                .hasMessage("max_pool_indices: expected images of at most 16777216 pixels, whose positions a float can"
                        + " hold, received [1, 8192, 4096, 1]");
    }

    @Test
    void gradientsRefuseOtherOutputs() {
        Errors.of(new MaxPool2dGradient(TWO, TWO), Shape.of(2, 4, 5, 3), Shape.of(2, 9, 9, 3), Shape.of(2, 4, 4, 3))
                .hasMessage("max_pool2d_gradient: expected an output gradient of shape [2, 4, 4, 3], received"
                        + " [2, 4, 5, 3]");
        Errors.of(new MaxPool2dGradient(TWO, TWO), Shape.of(2, 4, 4, 3), Shape.of(2, 9, 9, 3), Shape.of(2, 4, 4, 2))
                .hasMessage("max_pool2d_gradient: expected a pooled output of shape [2, 4, 4, 3], received"
                        + " [2, 4, 4, 2]");
        Errors.of(new AvgPool2dGradient(TWO, TWO, true, 9, 9), Shape.of(2, 4, 5, 3))
                .hasMessage("avg_pool2d_gradient: expected an output gradient of shape [2, 4, 4, 3], received"
                        + " [2, 4, 5, 3]");
    }
}
