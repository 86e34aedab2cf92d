package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ArgMaxTest {
    private static final double NAN = Double.NaN;

    @Test
    @Tag("kernels")
    void kernelsAgreeWithTheDefinition() {
        KernelAgreement agreement = new KernelAgreement();
        for (int seed = 0; seed < OpContract.CONFIGURATIONS; seed++) {
            Draw draw = new Draw(new SplittableRandom(seed), Draw.LARGE);
            Shape shape = draw.channelled();
            DoubleTensor x = draw.values(shape);
            DoubleTensor ties = new DoubleTensor(
                    shape, Arrays.stream(x.data()).map(Math::rint).toArray());
            int axis = draw.between(-shape.rank(), shape.rank() - 1);
            ArgMax op = new ArgMax(axis, draw.chance(0.5), draw.chance(0.5), draw.chance(0.5));
            agreement.check(Trial.of(op, draw.chance(0.5) ? x : ties).fixed(0));
        }
        assertThat(agreement.configurations()).isEqualTo(OpContract.CONFIGURATIONS);
    }

    private static void check(ArgMax op, double[] x, float expected) {
        DoubleTensor tensor = new DoubleTensor(Shape.of(x.length), x);
        assertThat(op.evaluate(List.of(tensor), 0).get(0).data()).containsExactly(expected);
        assertThat(Kernel.run(op, tensor).data()).containsExactly(expected);
    }

    @Test
    void theFirstOrTheLastOfEqualsIsTaken() {
        double[] x = {1, 3, 3, -2, -2};
        check(new ArgMax(0, false, false, false), x, 1);
        check(new ArgMax(0, false, true, false), x, 2);
        check(new ArgMax(-1, true, false, true), x, 3);
        check(new ArgMax(-1, true, true, true), x, 4);
    }

    @Test
    void whatIsNotANumberIsMoreExtremeThanAnyNumber() {
        double[] x = {1, NAN, 9, NAN, -9};
        check(new ArgMax(0, false, false, false), x, 1);
        check(new ArgMax(0, false, true, false), x, 3);
        check(new ArgMax(0, false, false, true), x, 1);
        check(new ArgMax(0, false, true, true), x, 3);
    }

    @Test
    void theAxisVanishesOrStaysAndNoGradientFlows() {
        assertThat(new ArgMax(1, false, false, false).infer(List.of(Shape.of(2, 3, 4))))
                .containsExactly(Shape.of(2, 4));
        assertThat(new ArgMax(1, true, false, false).infer(List.of(Shape.of(2, 3, 4))))
                .containsExactly(Shape.of(2, 1, 4));
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value y = g.add(new ArgMax(0, false, false, false), g.input("x", Shape.of(3)));
        assertThat(y.producer().op().differentiate(g, y.producer(), y)).containsOnlyNulls();
    }

    @Test
    void thereHasToBeAnElement() {
        Errors.of(new ArgMax(-1, true, false, false), Shape.of(2, 0))
                .hasMessage("arg_max: expected at least one element on axis 1, received [2, 0]");
        Errors.of(new ArgMax(2, true, false, true), Shape.of(2, 3))
                .hasMessage("arg_min: expected an axis from -2 to 1 of [2, 3], received 2");
    }
}
