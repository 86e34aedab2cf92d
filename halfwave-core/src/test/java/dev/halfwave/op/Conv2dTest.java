package dev.halfwave.op;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Tanh;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class Conv2dTest implements OpContract {
    private static final Window THREE = Window.of(3, 1);

    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of(
                "conv2d", Conv2dTest::forward,
                "residual_conv2d", Conv2dTest::residual,
                "pooled_conv2d", Conv2dTest::pooled,
                "conv2d_statistics", Conv2dTest::statistics,
                "conv2d_input_gradient", Conv2dTest::inputGradient,
                "conv2d_filter_gradient", Conv2dTest::filterGradient);
    }

    private static Trial forward(Draw draw) {
        ConvGeometry g = geometry(draw);
        DoubleTensor x = draw.values(Shape.of(g.n(), g.h(), g.w(), g.c()));
        DoubleTensor w = draw.values(filters(g));
        Activation f = draw.chance(0.6)
                ? new Identity()
                : draw.of(List.of(new Relu(), new LeakyRelu(), new Tanh(), new Sigmoid()));
        Conv2d op = new Conv2d(g.vertical(), g.horizontal(), g.groups(), f);
        Conv2d linear = new Conv2d(g.vertical(), g.horizontal(), g.groups());
        Trial trial = draw.chance(0.5) ? Trial.of(op, x, w, draw.values(Shape.of(g.k()))) : Trial.of(op, x, w);
        return trial.forwardOnly(!f.kinks().isEmpty())
                .magnitude(f instanceof Identity ? 0 : Trial.sums(linear, trial.inputs()))
                .regime(inputs -> {
                    double[] z = linear.evaluate(inputs, 0).get(0).data();
                    return Trial.where(f.kinks().isEmpty() ? 0 : z.length, i -> z[i] > 0);
                });
    }

    private static Trial residual(Draw draw) {
        ConvGeometry g = geometry(draw);
        Activation f = draw.chance(0.4)
                ? new Identity()
                : draw.of(List.of(new Relu(), new LeakyRelu(), new Tanh(), new Sigmoid()));
        ResidualConv2d linear = new ResidualConv2d(g.vertical(), g.horizontal(), g.groups(), new Identity());
        Trial trial = Trial.of(
                new ResidualConv2d(g.vertical(), g.horizontal(), g.groups(), f),
                draw.values(Shape.of(g.n(), g.h(), g.w(), g.c())),
                draw.values(filters(g)),
                draw.values(Shape.of(g.k())),
                draw.values(output(g)));
        return trial.forwardOnly(!f.kinks().isEmpty())
                .magnitude(f instanceof Identity ? 0 : Trial.sums(linear, trial.inputs()))
                .regime(inputs -> {
                    double[] z = linear.evaluate(inputs, 0).get(0).data();
                    return Trial.where(f.kinks().isEmpty() ? 0 : z.length, i -> z[i] > 0);
                });
    }

    private static Trial pooled(Draw draw) {
        ConvGeometry g = geometry(draw);
        Activation f = draw.chance(0.4) ? new Identity() : draw.of(List.of(new Tanh(), new Sigmoid()));
        Window pool = Window.of(draw.between(1, 2), 1);
        Conv2d conv = new Conv2d(g.vertical(), g.horizontal(), g.groups(), f);
        Window across = g.ow() < pool.size() ? Window.of(1, 1) : pool;
        Window down = g.oh() < pool.size() ? Window.of(1, 1) : pool;
        PooledConv2d op = new PooledConv2d(conv, new MaxPool2d(down, across));
        DoubleTensor x = draw.values(Shape.of(g.n(), g.h(), g.w(), g.c()));
        return Trial.of(op, x, draw.values(filters(g)), draw.values(Shape.of(g.k())))
                .regime(inputs ->
                        PoolTest.winners(op.pool(), conv.evaluate(inputs, 0).get(0)));
    }

    /** Squares of distances from a mean are rounded in proportion to the squares of the sums. */
    private static Trial statistics(Draw draw) {
        ConvGeometry g = geometry(draw);
        Conv2dStatistics op = new Conv2dStatistics(new Conv2d(g.vertical(), g.horizontal(), g.groups()));
        DoubleTensor x = draw.values(Shape.of(g.n(), g.h(), g.w(), g.c()));
        DoubleTensor w = draw.values(filters(g));
        Trial trial = draw.chance(0.5) ? Trial.of(op, x, w, draw.values(Shape.of(g.k()))) : Trial.of(op, x, w);
        return trial.magnitude(Trial.sums(new Conv2d(g.vertical(), g.horizontal(), g.groups()), trial.inputs()));
    }

    private static Trial inputGradient(Draw draw) {
        ConvGeometry g = draw.chance(0.3) ? transposed(draw) : geometry(draw);
        Conv2dInputGradient op = new Conv2dInputGradient(g.vertical(), g.horizontal(), g.groups(), g.h(), g.w());
        return Trial.of(op, draw.values(output(g)), draw.values(filters(g)));
    }

    private static Trial filterGradient(Draw draw) {
        ConvGeometry g = geometry(draw);
        Conv2dFilterGradient op = new Conv2dFilterGradient(g.vertical(), g.horizontal(), g.groups());
        return Trial.of(op, draw.values(Shape.of(g.n(), g.h(), g.w(), g.c())), draw.values(output(g)));
    }

    private static Shape filters(ConvGeometry g) {
        return Shape.of(g.r(), g.s(), g.groupC(), g.k());
    }

    private static Shape output(ConvGeometry g) {
        return Shape.of(g.n(), g.oh(), g.ow(), g.k());
    }

    /** Now a usual layer, now an odd one; never more multiply-adds than there may be work. */
    private static ConvGeometry geometry(Draw draw) {
        while (true) {
            ConvGeometry g = draw.chance(0.3) ? usual(draw) : draw.chance(0.3) ? line(draw) : odd(draw);
            if (g.flops() <= 2L * draw.work()) {
                return g;
            }
        }
    }

    private static ConvGeometry usual(Draw draw) {
        int size = draw.of(List.of(1, 3, 3, 5));
        Window window = new Window(size, draw.of(List.of(1, 1, 2)), 1, size / 2, size / 2);
        int c = draw.size();
        int k = draw.chance(0.4) ? c : draw.size();
        int h = draw.between(4, 15);
        return new ConvGeometry(draw.between(1, 2), h, draw.between(4, 15), c, k, window, window, 1);
    }

    /** One row with a window of one row: a convolution of a sequence, now and then with elements far apart. */
    private static ConvGeometry line(Draw draw) {
        int length = draw.chance(0.5) ? draw.size() : draw.between(40, 200);
        int size = draw.between(1, 9);
        int dilation = draw.chance(0.5) ? 1 : draw.between(2, 16);
        int span = (size - 1) * dilation + 1;
        int before = draw.chance(0.5) ? span - 1 : Math.max(0, span - length);
        Window along = new Window(size, draw.between(1, 3), dilation, before, draw.between(0, span));
        int groups = draw.of(List.of(1, 1, 2, 16));
        int c = groups * draw.of(List.of(1, 2, 16));
        return new ConvGeometry(1, 1, length, c, groups * draw.between(1, 17), Window.of(1, 1), along, groups);
    }

    /** What a transposed convolution makes of images: any padding up to the window's span, and output padding. */
    private static ConvGeometry transposed(Draw draw) {
        while (true) {
            Window vertical = draw.window(16);
            Window horizontal = new Window(draw.between(1, 5), draw.between(1, 4), draw.between(1, 2), 0, 0);
            int h = enlarged(draw, vertical);
            int w = enlarged(draw, horizontal);
            int groups = draw.of(List.of(1, 1, 2, 16, 17));
            int c = groups * draw.of(List.of(1, 1, 2, 3, 8));
            int k = groups * draw.of(List.of(1, 1, 2, 3, 8));
            if (h > 0 && w > 0) {
                ConvGeometry g = new ConvGeometry(draw.between(1, 3), h, w, c, k, vertical, horizontal, groups);
                if (g.flops() <= 2L * draw.work()) {
                    return g;
                }
            }
        }
    }

    private static int enlarged(Draw draw, Window window) {
        int positions = draw.size();
        int more = draw.between(0, window.stride() - 1);
        return (positions - 1) * window.stride() + window.span() - window.before() - window.after() + more;
    }

    private static ConvGeometry odd(Draw draw) {
        int h = draw.size();
        int w = draw.size();
        int groups = draw.of(List.of(1, 1, 2, 3, 5, 16, 17));
        int c = groups * draw.of(List.of(1, 1, 2, 3, 8));
        int k = groups * draw.of(List.of(1, 1, 2, 3, 8));
        return new ConvGeometry(draw.between(1, 3), h, w, c, k, draw.window(h), draw.window(w), groups);
    }

    @Test
    void saysWhichChannelsItExpected() {
        Errors.of(new Conv2d(THREE, THREE, 1), Shape.of(32, 28, 28, 4), Shape.of(3, 3, 3, 8))
                .hasMessage(
                        "conv2d: expected 3 input channels, received 4 (input [32, 28, 28, 4], filters [3, 3, 3, 8]);"
                                + " declare the input as [28, 28, 4]");
    }

    @Test
    void saysWhichChannelsItsGroupsExpected() {
        Errors.of(new Conv2d(THREE, THREE, 2), Shape.of(32, 28, 28, 4), Shape.of(3, 3, 3, 8))
                .hasMessage(
                        "conv2d: expected 6 input channels, received 4 (input [32, 28, 28, 4], filters [3, 3, 3, 8],"
                                + " groups 2); declare the input as [28, 28, 4]");
    }

    @Test
    void refusesFiltersOfAnotherSize() {
        Errors.of(new Conv2d(THREE, THREE, 1), Shape.of(2, 9, 9, 3), Shape.of(3, 5, 3, 8))
                .hasMessage("conv2d: expected filters of 3×3, received filters [3, 5, 3, 8]");
    }

    @Test
    void refusesFiltersThatGroupsDoNotDivide() {
        Errors.of(new Conv2d(THREE, THREE, 2), Shape.of(2, 9, 9, 4), Shape.of(3, 3, 2, 7))
                .hasMessage(
                        "conv2d: expected a number of filters that 2 groups divide, received 7 (filters [3, 3, 2, 7])");
    }

    @Test
    void refusesWhatIsNoImage() {
        Errors.of(new Conv2d(THREE, THREE, 1), Shape.of(2, 9), Shape.of(3, 3, 3, 8))
                .hasMessage("conv2d: expected images with 4 axes [N, H, W, C], received [2, 9]");
    }

    @Test
    void refusesImagesSmallerThanTheWindow() {
        Errors.of(new Conv2d(THREE, THREE, 1), Shape.of(2, 2, 9, 3), Shape.of(3, 3, 3, 8))
                .hasMessage(
                        "conv2d: expected an axis of at least 3 for a window of 3, received 2; use a smaller window or"
                                + " more padding");
    }

    @Test
    void refusesBiasesForOtherFilters() {
        Errors.of(new Conv2d(THREE, THREE, 1), Shape.of(2, 9, 9, 3), Shape.of(3, 3, 3, 8), Shape.of(7))
                .hasMessage("conv2d: expected a bias of shape [8], received [7]");
    }

    @Test
    void refusesResidualsOfAnotherSize() {
        ResidualConv2d op = new ResidualConv2d(THREE, THREE, 1, new Identity());
        Shape[] inputs = {Shape.of(2, 9, 9, 3), Shape.of(3, 3, 3, 8), Shape.of(8), Shape.of(2, 9, 9, 8)};
        Errors.of(op, inputs)
                .hasMessage("residual_conv2d: expected a residual of shape [2, 7, 7, 8], received [2, 9, 9, 8]");
    }

    @Test
    void refusesToTakeStatisticsOfNothing() {
        Errors.of(new Conv2dStatistics(new Conv2d(THREE, THREE, 1)), Shape.of(0, 9, 9, 3), Shape.of(3, 3, 3, 8))
                .hasMessage("conv2d_statistics: expected at least one row to take statistics of, received"
                        + " [0, 7, 7, 8]");
    }

    @Test
    void refusesTooFewInputs() {
        Errors.of(new Conv2d(THREE, THREE, 1), Shape.of(2, 9, 9, 3))
                .hasMessage("conv2d: expected 2 to 3 inputs, received 1 [[2, 9, 9, 3]]");
    }

    @Test
    void transposedConvolutionsRefuseFiltersThatDoNotFit() {
        Errors.of(new Conv2dInputGradient(THREE, THREE, 1, 9, 9), Shape.of(2, 7, 7, 8), Shape.of(3, 5, 3, 8))
                .hasMessage("conv2d_input_gradient: expected filters of 3×3, received filters [3, 5, 3, 8]");
        Errors.of(new Conv2dInputGradient(THREE, THREE, 3, 9, 9), Shape.of(2, 7, 7, 8), Shape.of(3, 3, 3, 8))
                .hasMessage("conv2d_input_gradient: expected a number of filters that 3 groups divide, received 8"
                        + " (filters [3, 3, 3, 8])");
        Errors.of(new Conv2dInputGradient(THREE, THREE, 1, 9, 9), Shape.of(2, 7, 7, 4), Shape.of(3, 3, 3, 8))
                .hasMessage("conv2d_input_gradient: expected an output gradient with one channel per filter, received"
                        + " [2, 7, 7, 4] and filters [3, 3, 3, 8]");
    }

    @Test
    void gradientsRefuseOtherOutputs() {
        Errors.of(new Conv2dInputGradient(THREE, THREE, 1, 9, 9), Shape.of(2, 7, 8, 8), Shape.of(3, 3, 3, 8))
                .hasMessage("conv2d_input_gradient: expected an output gradient of shape [2, 7, 7, 8], received"
                        + " [2, 7, 8, 8]");
        Errors.of(new Conv2dFilterGradient(THREE, THREE, 1), Shape.of(2, 9, 9, 3), Shape.of(2, 8, 7, 8))
                .hasMessage("conv2d_filter_gradient: expected an output gradient of shape [2, 7, 7, 8], received"
                        + " [2, 8, 7, 8]");
    }
}
