package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Tanh;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ElementwiseTest implements OpContract {
    private static final List<Activation> FUSED = List.of(new Relu(), new LeakyRelu(), new Tanh(), new Sigmoid());

    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        Map<String, Function<Draw, Trial>> trials = new TreeMap<>();
        for (Activation activation : Activations.all()) {
            trials.put(new Activate(activation).name(), draw -> activate(draw, activation));
        }
        trials.put("add", ElementwiseTest::add);
        trials.put("reshape", ElementwiseTest::reshape);
        trials.put("moving_average", ElementwiseTest::movingAverage);
        return trials;
    }

    private static Trial activate(Draw draw, Activation activation) {
        DoubleTensor x = draw.values(draw.channelled());
        return Trial.of(new Activate(activation), x).regime(inputs -> {
            List<Object> pieces = new ArrayList<>();
            double[] at = inputs.get(0).data();
            activation.kinks().forEach(kink -> pieces.add(Trial.where(at.length, i -> at[i] > kink)));
            // the second derivative of ELU and its kin jumps at 0 even where the first does not
            pieces.add(Trial.where(at.length, i -> at[i] > 0));
            return pieces;
        });
    }

    private static Trial add(Draw draw) {
        Shape shape = draw.channelled();
        Activation f = draw.chance(0.5) ? new Identity() : draw.of(FUSED);
        Trial trial = Trial.of(new Add(f), draw.values(shape), draw.values(shape));
        return trial.forwardOnly(!f.kinks().isEmpty()).regime(inputs -> {
            double[] z = new Add().evaluate(inputs, 0).get(0).data();
            return Trial.where(f.kinks().isEmpty() ? 0 : z.length, i -> z[i] > 0);
        });
    }

    private static Trial reshape(Draw draw) {
        Shape shape = draw.channelled();
        return Trial.of(new Reshape(Shape.of(shape.elements(), 1)), draw.values(shape));
    }

    private static Trial movingAverage(Draw draw) {
        Shape shape = draw.channelled();
        double weight = draw.of(List.of(0.0, 0.01, 0.1, 0.5, 1.0));
        return Trial.of(new MovingAverage(weight), draw.values(shape), draw.values(shape))
                .fixed(0, 1);
    }

    @Test
    void summandsHaveOneShape() {
        Errors.of(new Add(), Shape.of(2, 3), Shape.of(3, 2))
                .hasMessage("add: expected a second summand of shape [2, 3], received [3, 2]");
        Errors.of(new Add(), Shape.of(2, 3)).hasMessage("add: expected 2 inputs, received 1 [[2, 3]]");
    }

    @Test
    void reshapingKeepsTheNumberOfElements() {
        Errors.of(new Reshape(Shape.of(5)), Shape.of(2, 3))
                .hasMessage("reshape: expected 5 elements for shape [5], received [2, 3]");
    }

    @Test
    void averagesAreOfOneShapeAndWeightedFromZeroToOne() {
        Errors.of(new MovingAverage(0.1), Shape.of(3), Shape.of(4))
                .hasMessage("moving_average: expected a new value of shape [3], received [4]");
        assertThatThrownBy(() -> new MovingAverage(1.5))
                .hasMessage("moving average: expected a weight from 0 to 1, received 1.5; it is the new value's share,"
                        + " 0.1 is usual");
    }

    @Test
    void activationsTakeOneInput() {
        Errors.of(new Activate(Activations.of("relu")), Shape.of(3), Shape.of(3))
                .hasMessage("relu: expected 1 inputs, received 2 [[3], [3]]");
        Errors.of(new ActivateGradient(Activations.of("relu")), Shape.of(3), Shape.of(4))
                .hasMessage("relu_gradient: expected a gradient of shape [4], received [3]");
    }
}
