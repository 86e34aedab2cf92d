package dev.halfwave.op;

import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Taps;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AxisTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of("take", AxisTest::take, "scatter", AxisTest::scatter, "resample", AxisTest::resample);
    }

    private static Trial take(Draw draw) {
        Shape shape = draw.channelled();
        int axis = axis(draw, shape);
        return Trial.of(new Take(axis, indices(draw, shape.size(axis))), draw.values(shape));
    }

    private static Trial scatter(Draw draw) {
        Shape shape = draw.channelled();
        int axis = axis(draw, shape);
        Indices indices = indices(draw, shape.size(axis));
        Scatter op = new Scatter(axis, indices, shape.size(axis) + draw.between(0, 2));
        return Trial.of(op, draw.values(shape.with(axis, indices.size())));
    }

    private static Trial resample(Draw draw) {
        Shape shape = draw.channelled();
        int axis = axis(draw, shape);
        return Trial.of(new Resample(axis, taps(draw, shape.size(axis))), draw.values(shape));
    }

    /** A flip, every second element, a run with its edges repeated, or a number of any. */
    private static Indices indices(Draw draw, int size) {
        int kind = draw.between(0, 3);
        int count = kind == 3 ? draw.size() : kind == 2 ? size + 4 : kind == 1 ? (size + 1) / 2 : size;
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = switch (kind) {
                case 0 -> size - 1 - i;
                case 1 -> 2 * i;
                case 2 -> Math.min(Math.max(i - 2, 0), size - 1);
                default -> draw.between(0, size - 1);
            };
        }
        return Indices.of(indices);
    }

    /** Up to five taps for each output. */
    private static Taps taps(Draw draw, int size) {
        int outputs = draw.size();
        int most = draw.between(0, 5);
        int[] starts = new int[outputs + 1];
        int[] indices = new int[outputs * most];
        double[] weights = new double[outputs * most];
        int taps = 0;
        for (int i = 0; i < outputs; i++) {
            for (int t = draw.between(0, most); t > 0; t--) {
                indices[taps] = draw.between(0, size - 1);
                weights[taps++] = draw.between(-1.0, 1.0);
            }
            starts[i + 1] = taps;
        }
        return Taps.of(size, starts, Arrays.copyOf(indices, taps), Arrays.copyOf(weights, taps));
    }

    /** Any axis, counted from the front or from the end. */
    private static int axis(Draw draw, Shape shape) {
        return draw.between(-shape.rank(), shape.rank() - 1);
    }

    @Test
    void indicesLieOnTheAxis() {
        Errors.of(new Take(-1, Indices.of(0, 3)), Shape.of(2, 3))
                .hasMessage("take: expected indices from 0 to 2 on axis 1 of [2, 3], received 3");
        Errors.of(new Take(0, Indices.of(-1)), Shape.of(2, 3))
                .hasMessage("take: expected indices from 0 to 1 on axis 0 of [2, 3], received -1");
        Errors.of(new Scatter(1, Indices.of(0, 1, 4), 4), Shape.of(2, 3))
                .hasMessage("scatter: expected indices from 0 to 3 on axis 1 of [2, 4], received 4");
    }

    @Test
    void axesExist() {
        Errors.of(new Take(2, Indices.of(0)), Shape.of(2, 3))
                .hasMessage("take: expected an axis from -2 to 1 of [2, 3], received 2");
        Errors.of(new Resample(0, Taps.of(1, Indices.of(0))), Shape.of())
                .hasMessage("resample: expected an axis of a tensor, received a scalar");
    }

    @Test
    void thereIsAnElementForEachIndex() {
        Errors.of(new Scatter(1, Indices.of(0, 1), 4), Shape.of(2, 3))
                .hasMessage("scatter: expected one element for each index of shape [2, 2], received [2, 3]");
    }

    @Test
    void tapsFitTheAxis() {
        Errors.of(new Resample(-1, Taps.of(4, Indices.of(0, 1))), Shape.of(2, 3))
                .hasMessage("resample: expected 4 elements on axis 1 for taps from 4 to 2 by 2 taps, received [2, 3]");
    }
}
