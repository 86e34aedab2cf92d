package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Op;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many operations ops say they take. */
class FlopsTest {
    private static long flops(Op op, Shape... inputs) {
        return op.flops(List.of(inputs), op.infer(List.of(inputs)));
    }

    /** Two for every product that the definition visits. */
    @Test
    void aConvolutionAndItsGradientsTakeTwoPerTap() {
        Window vertical = new Window(3, 2, 1, 0, 0);
        Window horizontal = new Window(2, 1, 2, 0, 0);
        for (int groups : new int[] {1, 2}) {
            ConvGeometry g = new ConvGeometry(3, 7, 6, 4, 8, vertical, horizontal, groups);
            long[] products = new long[1];
            new ConvLoops(g).each((x, w, y) -> products[0]++);
            Shape x = Shape.of(3, 7, 6, 4);
            Shape w = Shape.of(3, 2, 4 / groups, 8);
            Shape y = Shape.of(3, g.oh(), g.ow(), 8);
            long expected = 2 * products[0];
            assertThat(flops(new Conv2d(vertical, horizontal, groups), x, w)).isEqualTo(expected);
            assertThat(flops(new Conv2dInputGradient(vertical, horizontal, groups, 7, 6), y, w))
                    .isEqualTo(expected);
            assertThat(flops(new Conv2dFilterGradient(vertical, horizontal, groups), x, y))
                    .isEqualTo(expected);
            assertThat(flops(new ResidualConv2d(vertical, horizontal, groups, new Identity()), x, w, Shape.of(8), y))
                    .isEqualTo(expected + y.elements());
            MaxPool2d pool = new MaxPool2d(Window.of(2, 2), Window.of(2, 2));
            assertThat(flops(new PooledConv2d(new Conv2d(vertical, horizontal, groups), pool), x, w))
                    .isEqualTo(expected + flops(pool, y));
            assertThat(flops(new Conv2dStatistics(new Conv2d(vertical, horizontal, groups)), x, w))
                    .as("one for the mean and three for the variance of each element")
                    .isEqualTo(expected + 4L * y.elements());
        }
    }

    @Test
    void aProductTakesTwoPerTermHoweverItIsStored() {
        assertThat(flops(new MatMul(false, false), Shape.of(3, 5), Shape.of(5, 7)))
                .isEqualTo(2 * 3 * 5 * 7);
        assertThat(flops(new MatMul(true, true), Shape.of(5, 3), Shape.of(7, 5)))
                .isEqualTo(2 * 3 * 5 * 7);
    }

    @Test
    void aPoolTakesOnePerElementOfItsWindows() {
        Window window = Window.of(3, 2);
        Shape x = Shape.of(2, 7, 7, 5);
        Shape y = Shape.of(2, 3, 3, 5);
        assertThat(flops(new MaxPool2d(window, window), x)).isEqualTo(9L * y.elements());
        assertThat(flops(new AvgPool2d(window, window, false), x)).isEqualTo(9L * y.elements());
        assertThat(flops(new MaxPool2dGradient(window, window), y, x, y)).isEqualTo(9L * y.elements());
    }

    @Test
    void whatSaysNothingTakesOnePerElementAndCopiesTakeNone() {
        assertThat(flops(new Activate(new Relu()), Shape.of(4, 5))).isEqualTo(20);
        assertThat(flops(new ChannelSum(), Shape.of(4, 5))).isEqualTo(20);
        assertThat(flops(new Slice(0, 1, 2), Shape.of(4, 5))).isZero();
        assertThat(flops(new Concat(0), Shape.of(4, 5), Shape.of(1, 5))).isZero();
    }
}
