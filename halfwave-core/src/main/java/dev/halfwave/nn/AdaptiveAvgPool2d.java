package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.Resample;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Taps;
import dev.halfwave.tensor.Window;
import java.util.Arrays;

/**
 * Means over as many windows as wanted, whatever the image's size: {@code [N, H, W, C]} to {@code [N, rows, columns, C]}.
 *
 * <p>Row i of the result is the mean of the rows from {@code ⌊i · H / rows⌋} to below {@code ⌈(i + 1) · H / rows⌉}, and so
 * for columns: windows of about equal size that leave nothing out, and overlap where sizes do not divide.
 *
 * @param rows height of the result, 1 or more
 * @param columns width of the result, 1 or more
 * @see <a href="https://arxiv.org/abs/1406.4729">He, Zhang, Ren and Sun 2014, section 2.2, on the bins of a pyramid</a>
 */
public record AdaptiveAvgPool2d(int rows, int columns) implements Layer {

    /** @throws IllegalArgumentException if a size is below 1 */
    public AdaptiveAvgPool2d {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "adaptive_avg_pool2d: expected 1 row and column or more, received " + rows + "×" + columns);
        }
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("adaptive_avg_pool2d")) {
            Images.check("adaptive_avg_pool2d", g, x);
            Shape s = x.shape();
            if (s.size(1) % rows == 0 && s.size(2) % columns == 0) {
                return g.add(new AvgPool2d(window(s.size(1), rows), window(s.size(2), columns), false), x);
            }
            Value shorter = g.add(new Resample(1, means(s.size(1), rows)), x);
            return g.add(new Resample(2, means(s.size(2), columns)), shorter);
        }
    }

    private static Window window(int size, int wanted) {
        return Window.of(size / wanted, size / wanted);
    }

    private static Taps means(int size, int wanted) {
        int[] starts = new int[wanted + 1];
        for (int i = 0; i < wanted; i++) {
            starts[i + 1] = starts[i] + end(i, size, wanted) - first(i, size, wanted);
        }
        int[] indices = new int[starts[wanted]];
        double[] weights = new double[starts[wanted]];
        for (int i = 0; i < wanted; i++) {
            int offset = first(i, size, wanted) - starts[i];
            for (int tap = starts[i]; tap < starts[i + 1]; tap++) {
                indices[tap] = offset + tap;
            }
            Arrays.fill(weights, starts[i], starts[i + 1], 1.0 / (starts[i + 1] - starts[i]));
        }
        return Taps.of(size, starts, indices, weights);
    }

    private static int first(int i, int size, int wanted) {
        return (int) ((long) i * size / wanted);
    }

    private static int end(int i, int size, int wanted) {
        return (int) (((i + 1L) * size + wanted - 1) / wanted);
    }
}
