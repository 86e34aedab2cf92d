package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReduceTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        Map<String, Function<Draw, Trial>> trials = new TreeMap<>();
        for (Reduction reduction : Reduction.values()) {
            trials.put(new Reduce(reduction, List.of(), true).name(), draw -> trial(draw, reduction));
        }
        return trials;
    }

    private static Trial trial(Draw draw, Reduction reduction) {
        boolean product = reduction == Reduction.PRODUCT;
        Shape shape = (product ? new Draw(draw.random(), Draw.SMALL) : draw).shape(draw.between(1, 4));
        Reduce op = new Reduce(reduction, axes(draw, shape), draw.chance(0.5));
        if (product) {
            return Trial.of(op, factors(draw, shape));
        }
        return Trial.of(op, draw.values(shape)).regime(inputs -> pieces(op, inputs.get(0)));
    }

    /** Some axes in any order, counted from the front or from the end. */
    private static List<Integer> axes(Draw draw, Shape shape) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (draw.chance(0.6)) {
                axes.add(draw.between(0, axes.size()), draw.chance(0.5) ? axis : axis - shape.rank());
            }
        }
        return axes;
    }

    /** Numbers around 1, with a few zeros now and then, on which derivatives of products depend. */
    private static DoubleTensor factors(Draw draw, Shape shape) {
        DoubleTensor x = draw.values(shape, 0.8, 1.25);
        for (int zeros = draw.chance(0.5) ? draw.between(1, 3) : 0; zeros > 0; zeros--) {
            x.data()[draw.between(0, x.data().length - 1)] = 0;
        }
        return x;
    }

    /** Which elements are extreme. */
    private static Object pieces(Reduce op, DoubleTensor x) {
        if (op.reduction() != Reduction.MAX && op.reduction() != Reduction.MIN) {
            return true;
        }
        DoubleTensor y = new Reduce(op.reduction(), op.axes(), true)
                .evaluate(List.of(x), 0)
                .get(0);
        return Repeated.pairs(List.of(x, y), (a, b) -> a == b ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("kernels")
    void longRunsAndManyRowsAreReducedInStages(Reduction reduction) {
        KernelAgreement agreement = new KernelAgreement();
        List<List<Integer>> axes = List.of(List.of(0), List.of(1), List.of(0, 1), List.of(0, 2), List.of());
        for (Shape shape :
                List.of(Shape.of(3, 9000, 1), Shape.of(300, 2, 5), Shape.of(70, 1, 4500), Shape.of(5000, 3, 2))) {
            Draw draw = new Draw(new SplittableRandom(shape.elements()), Draw.LARGE);
            DoubleTensor x = reduction == Reduction.PRODUCT ? draw.values(shape, 0.99, 1.01) : draw.values(shape);
            axes.forEach(some -> agreement.check(Trial.of(new Reduce(reduction, some, false), x)));
        }
    }

    private static Tensor reduced(Reduction reduction, boolean keepDims, DoubleTensor x, Integer... axes) {
        return Kernel.run(new Reduce(reduction, List.of(axes), keepDims), x);
    }

    @Test
    void noNumbersAtAllAreNeutral() {
        DoubleTensor none = DoubleTensor.zeros(Shape.of(2, 0, 3));
        assertThat(reduced(Reduction.SUM, false, none, 1).data()).hasSize(6).containsOnly(0);
        assertThat(reduced(Reduction.MEAN, false, none, 1).data()).hasSize(6).containsOnly(Float.NaN);
        assertThat(reduced(Reduction.MAX, false, none, 1, 2).data()).containsOnly(Float.NEGATIVE_INFINITY);
        assertThat(reduced(Reduction.MIN, false, none, -2).data()).containsOnly(Float.POSITIVE_INFINITY);
        assertThat(reduced(Reduction.PRODUCT, true, none, 0, 1, 2).data()).containsExactly(1);
        assertThat(reduced(Reduction.SUM, true, none, 0).shape()).isEqualTo(Shape.of(1, 0, 3));
    }

    @Test
    void whatIsNotANumberSpreads() {
        DoubleTensor x = new DoubleTensor(Shape.of(2, 3), new double[] {1, Double.NaN, 3, 6, 5, 4});
        assertThat(reduced(Reduction.MAX, false, x, 1).data()).containsExactly(Float.NaN, 6);
        assertThat(reduced(Reduction.MIN, false, x, 0).data()).containsExactly(1, Float.NaN, 3);
    }

    @Test
    void axesVanishOrStay() {
        DoubleTensor x = new DoubleTensor(Shape.of(2, 3), new double[] {1, 2, 3, 4, 5, 6});
        assertThat(reduced(Reduction.MEAN, true, x, -1)).isEqualTo(Tensor.of(Shape.of(2, 1), 2, 5));
        assertThat(reduced(Reduction.PRODUCT, false, x, 0)).isEqualTo(Tensor.of(Shape.of(3), 4, 10, 18));
        assertThat(reduced(Reduction.SUM, false, x)).isEqualTo(x.toFloat());
    }

    @Test
    void axesExistAndDiffer() {
        Errors.of(new Reduce(Reduction.SUM, List.of(2), true), Shape.of(2, 3))
                .hasMessage("reduce_sum: expected an axis from -2 to 1 of [2, 3], received 2");
        Errors.of(new Reduce(Reduction.MEAN, List.of(1, -1), true), Shape.of(2, 3))
                .hasMessage("reduce_mean: expected different axes of [2, 3], received [1, -1]");
    }
}
