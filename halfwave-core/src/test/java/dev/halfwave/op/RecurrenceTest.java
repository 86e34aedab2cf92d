package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Silu;
import dev.halfwave.activation.Softplus;
import dev.halfwave.activation.Tanh;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RecurrenceTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        Map<String, Function<Draw, Trial>> trials = new LinkedHashMap<>();
        trials.put("rnn", draw -> forward(draw, rnn(draw)));
        trials.put("lstm", draw -> forward(draw, new LstmCell()));
        trials.put("gru", draw -> forward(draw, new GruCell()));
        trials.put("rnn_gradient", draw -> gradient(draw, rnn(draw)));
        trials.put("lstm_gradient", draw -> gradient(draw, new LstmCell()));
        trials.put("gru_gradient", draw -> gradient(draw, new GruCell()));
        return trials;
    }

    private static Cell rnn(Draw draw) {
        List<Activation> all = List.of(
                new Relu(), new LeakyRelu(), new Tanh(), new Sigmoid(), new Silu(), new Softplus(), new Identity());
        return new RnnCell(draw.of(all));
    }

    private static RecurrentSizes sizes(Draw draw, Cell cell) {
        while (true) {
            RecurrentSizes sizes = new RecurrentSizes(
                    cell, draw.size(), draw.chance(0.1) ? 100 : draw.between(1, 12), draw.size(), draw.size());
            if (sizes.flops() <= 2L * draw.work()) {
                return sizes;
            }
        }
    }

    private static DoubleTensor recurrent(Draw draw, RecurrentSizes sizes) {
        double bound = 1 / Math.sqrt(sizes.units()); // long sequences neither grow nor die out
        return draw.values(Shape.of(sizes.units(), sizes.gates()), -bound, bound);
    }

    private static Trial forward(Draw draw, Cell cell) {
        RecurrentSizes sizes = sizes(draw, cell);
        List<DoubleTensor> inputs = new ArrayList<>();
        inputs.add(draw.values(Shape.of(sizes.samples(), sizes.steps(), sizes.channels()), -1, 1));
        inputs.add(draw.values(Shape.of(sizes.channels(), sizes.gates()), -1, 1));
        inputs.add(recurrent(draw, sizes));
        inputs.add(draw.values(Shape.of(sizes.gates()), -1, 1));
        if (cell.keepsApart()) {
            inputs.add(draw.values(Shape.of(sizes.units()), -1, 1));
        }
        Recurrence op = new Recurrence(cell, draw.chance(0.5), draw.chance(0.5));
        boolean kinked =
                cell instanceof RnnCell rnn && !rnn.activation().kinks().isEmpty();
        return Trial.of(op, inputs.toArray(DoubleTensor[]::new))
                .forwardOnly(kinked)
                .regime(moved -> kinked ? signs(cell, moved) : true);
    }

    /** Which units of a cell whose kink is at 0 are active after each step. */
    private static Object signs(Cell cell, List<DoubleTensor> inputs) {
        double[] states =
                new Recurrence(cell, true, false).evaluate(inputs, 0).get(0).data();
        return Trial.where(states.length, i -> states[i] > 0);
    }

    private static Trial gradient(Draw draw, Cell cell) {
        RecurrentSizes s = sizes(draw, cell);
        boolean whole = draw.chance(0.5);
        Shape y = whole ? Shape.of(s.samples(), s.steps(), s.units()) : Shape.of(s.samples(), s.units());
        return Trial.of(
                        new RecurrenceGradient(cell, whole),
                        draw.values(y, -1, 1),
                        recurrent(draw, s),
                        draw.values(Shape.of(s.samples(), s.steps(), s.row()), -1, 1),
                        draw.values(Shape.of(s.samples(), s.steps(), s.planes()), 0, 1))
                .fixed(0, 1, 2, 3);
    }

    @Test
    void statesGoFromStepToStep() {
        DoubleTensor x = new DoubleTensor(Shape.of(1, 3, 1), new double[] {1, 2, -20});
        DoubleTensor w = new DoubleTensor(Shape.of(1, 2), new double[] {1, -1});
        DoubleTensor u = new DoubleTensor(Shape.of(2, 2), new double[] {1, 2, 0, 1});
        DoubleTensor b = new DoubleTensor(Shape.of(2), new double[] {0.5, 0});
        Recurrence op = new Recurrence(new RnnCell(new Relu()), true, true);
        List<DoubleTensor> out = op.evaluate(List.of(x, w, u, b), 0);
        assertThat(out.get(0).data()).containsExactly(1.5, 0, 4, 1, 0, 29);
        assertThat(out.get(1).data()).containsExactly(1, 0, 0, 2, 1.5, 0, -20, 4, 1);
        assertThat(out.get(2).data()).containsExactly(out.get(0).data());
        assertThat(new Recurrence(new RnnCell(new Relu()), false, false)
                        .evaluate(List.of(x, w, u, b), 0)
                        .get(0)
                        .data())
                .containsExactly(0, 29);
    }

    @Test
    void refusesInputsThatDoNotFit() {
        Shape x = Shape.of(2, 5, 3);
        Recurrence lstm = new Recurrence(new LstmCell(), false, false);
        Recurrence gru = new Recurrence(new GruCell(), false, true);
        Errors.of(lstm, x, Shape.of(3, 16), Shape.of(4, 16))
                .hasMessage("lstm: expected 4 inputs, received 3 [[2, 5, 3], [3, 16], [4, 16]]");
        Errors.of(lstm, Shape.of(2, 3), Shape.of(3, 16), Shape.of(4, 16), Shape.of(16))
                .hasMessage("lstm: expected sequences with 3 axes [N, T, C], received [2, 3]");
        Errors.of(lstm, Shape.of(2, 0, 3), Shape.of(3, 16), Shape.of(4, 16), Shape.of(16))
                .hasMessage("lstm: expected sequences of 1 step or more, received [2, 0, 3]");
        Errors.of(lstm, x, Shape.of(3, 12), Shape.of(4, 12), Shape.of(12))
                .hasMessage("lstm: expected recurrent weights of shape [4, 16], received [4, 12]");
        Errors.of(lstm, x, Shape.of(2, 16), Shape.of(4, 16), Shape.of(16))
                .hasMessage("lstm: expected weights of shape [3, 16], received [2, 16]");
        Errors.of(gru, x, Shape.of(3, 12), Shape.of(4, 12), Shape.of(4), Shape.of(4))
                .hasMessage("gru: expected a bias of shape [12], received [4]");
        Errors.of(gru, x, Shape.of(3, 12), Shape.of(4, 12), Shape.of(12), Shape.of(12))
                .hasMessage("gru: expected a recurrent bias of shape [4], received [12]");
    }

    @Test
    void refusesGradientsOfOtherSteps() {
        Shape u = Shape.of(4, 4);
        RecurrenceGradient last = new RecurrenceGradient(new RnnCell(new Relu()), false);
        Errors.of(last, Shape.of(2, 5, 4), u, Shape.of(2, 5, 7), Shape.of(2, 5, 4))
                .hasMessage("rnn_gradient: expected a gradient of shape [2, 4], received [2, 5, 4]");
        Errors.of(last, Shape.of(2, 4), u, Shape.of(2, 5, 7), Shape.of(2, 4))
                .hasMessage("rnn_gradient: expected planes of shape [2, 5, 4], received [2, 4]");
    }
}
