package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ApplyTest implements OpContract {
    private static final Set<Function> STEPS =
            Set.of(Function.FLOOR, Function.CEIL, Function.ROUND, Function.TRUNCATE, Function.SIGN);

    @Override
    public Map<String, java.util.function.Function<Draw, Trial>> trials() {
        Map<String, java.util.function.Function<Draw, Trial>> trials = new TreeMap<>();
        for (Function function : Function.values()) {
            Apply op = Apply.of(function);
            trials.put(op.name(), draw -> trial(draw, function));
        }
        trials.put("reciprocal", draw -> Trial.of(Apply.reciprocal(), draw.values(draw.channelled(), 0.3, 2)));
        trials.put("power", ApplyTest::power);
        trials.put("cube", ApplyTest::cube);
        return trials;
    }

    /** Arguments where the function is defined and not steep. */
    private static Trial trial(Draw draw, Function function) {
        Shape shape = draw.channelled();
        DoubleTensor x = switch (function) {
            case SQRT, LOG -> draw.values(shape, 0.1, 4);
            case LOG1P -> draw.values(shape, -0.9, 4);
            case TAN, ASIN, ACOS, ATANH -> draw.values(shape, -0.9, 0.9);
            case ACOSH -> draw.values(shape, 1.1, 4);
            default -> draw.values(shape);
        };
        Trial trial = Trial.of(Apply.of(function), x);
        if (STEPS.contains(function)) {
            return trial.regime(inputs ->
                    DoubleBuffer.wrap(trial.op().evaluate(inputs, 0).get(0).data()));
        }
        return function == Function.ABS ? trial.regime(ApplyTest::signs) : trial;
    }

    private static Object signs(List<DoubleTensor> inputs) {
        double[] x = inputs.get(0).data();
        return Trial.where(x.length, i -> x[i] > 0);
    }

    private static Trial power(Draw draw) {
        boolean whole = draw.chance(0.5);
        DoubleTensor x = whole ? draw.values(draw.channelled()) : draw.values(draw.channelled(), 0.2, 2);
        return Trial.of(Apply.power(whole ? draw.between(1, 4) : draw.between(-2.0, 3.0)), x);
    }

    private static Trial cube(Draw draw) {
        Formula x = Formula.x();
        return Trial.of(new Apply("cube", x.times(x).times(x), x.times(x).times(3)), draw.values(draw.channelled()));
    }

    @Test
    void nothingFlowsThroughSteps() {
        assertThat(STEPS).allMatch(step -> Apply.of(step).derivative().equals(Formula.constant(0)));
        assertThat(Apply.power(0).derivative()).isEqualTo(Formula.constant(0));
    }

    @Test
    void derivativesAreOfOneVariable() {
        Formula both = Formula.x().times(Formula.y());
        assertThatThrownBy(() -> new Apply("odd", Formula.x(), both))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("odd: expected a derivative that is a formula of x alone or of y alone, received one of"
                        + " both; write it in terms of x");
        assertThatThrownBy(() -> new Apply("odd", Formula.y(), Formula.x()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("odd: expected a value that is a formula of x, received one of y; y is the value itself");
    }

    @Test
    void functionsTakeOneInput() {
        Errors.of(Apply.of(Function.SQRT), Shape.of(3), Shape.of(3))
                .hasMessage("sqrt: expected 1 inputs, received 2 [[3], [3]]");
        Errors.of(new ApplyGradient("sqrt", Formula.y()), Shape.of(3), Shape.of(4))
                .hasMessage("sqrt_gradient: expected a gradient of shape [4], received [3]");
    }
}
