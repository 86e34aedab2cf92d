package dev.halfwave.nn;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Apply;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.tensor.Window;

/**
 * The length of each window as a vector, {@code √Σ x²}: {@code [N, H, W, C]} to {@code [N, OH, OW, C]}.
 *
 * <p>Squares are summed in float32: beyond 1e19 they overflow, below 1e-23 they vanish. A window of zeros has length 0 and
 * passes no gradient, though its length has a kink there.
 *
 * @param size height and width of the window
 * @param stride the step between positions
 * @param padding how the image is padded, with zeros
 * @see <a href="https://arxiv.org/abs/1204.3968">Sermanet, Chintala and LeCun 2012, section 2.1, on Lp pooling</a>
 */
public record L2Pool2d(int size, int stride, Padding padding) implements Layer {
    /** Windows that touch but do not overlap. */
    public static L2Pool2d of(int size) {
        return new L2Pool2d(size, size, Padding.VALID);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("l2_pool2d")) {
            Images.check("l2_pool2d", g, x);
            Window vertical =
                    padding.vertical(Window.of(size, stride), x.shape().size(1));
            Window horizontal =
                    padding.horizontal(Window.of(size, stride), x.shape().size(2));
            Value squares = g.add(new Binary(BinaryFunction.MULTIPLY), x, x);
            return g.add(length((double) size * size), g.add(new AvgPool2d(vertical, horizontal, true), squares));
        }
    }

    /** From the mean of so many squares. */
    private static Apply length(double count) {
        Formula slope = Formula.constant(count / 2).over(Formula.y());
        return new Apply(
                "length",
                Formula.x().times(count).apply(Function.SQRT),
                Formula.select(Formula.y(), slope, Formula.constant(0)));
    }
}
