package dev.halfwave.claims;

import dev.halfwave.activation.Relu;
import dev.halfwave.inspect.LinearRegions;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;

/** Fits a curve with ever more units, and counts the linear pieces exactly. */
record Pieces() implements Claim {
    private static final int MOST = 24;
    private static final int PLACES = 121;

    @Override
    public String id() {
        return "pieces";
    }

    @Override
    public String text() {
        return "A sum of ReLU units bends in as many places as it has units.";
    }

    @Override
    public String source() {
        return "Montúfar et al. 2014, section 2; Nielsen 2015, chapter 4";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS_ONLY_IF;
    }

    @Override
    public Finding run(boolean quick) {
        int own = 0;
        int shared = 0;
        for (int units = 2; units <= MOST; units++) {
            own += bends(fit(units, true)) == units ? 1 : 0;
            shared += bends(fit(units, false)) == units ? 1 : 0;
        }
        Plot plot = Plot.over("x", 0, 1, PLACES, "value").with("curve", Pieces::curve);
        Plot drawn = drawn(drawn(plot, 4), 12);
        String measured = Texts.format(
                "only if no two units bend in the same place: then 2 to %d units bend in as many places in %d of %d"
                        + " cases, with one common kink in %d; the largest error of 4 units is %.2f, of 12 units %.2f",
                MOST, own, MOST - 1, shared, error(drawn, 1), error(drawn, 2));
        return new Finding(Verdict.of(own == MOST - 1, shared > 0), measured, drawn);
    }

    private static double curve(double x) {
        return (1 - Math.cos(2 * Math.PI * x)) / 2;
    }

    /** A sum of units through points of the curve, or one whose units all bend in the middle. */
    private static Model fit(int units, boolean ownKinks) {
        Network network = Network.of("sum", Shape.of(1), Dense.of(units).activation(new Relu()), Dense.of(1));
        Model model = Model.initialized(network, List.of("y"), 1);
        Tensor ones = Tensor.full(Shape.of(1, units), 1);
        Tensor biases = Tensor.full(Shape.of(units), -0.5f);
        Tensor turns = Tensor.zeros(Shape.of(units, 1));
        double step = 1.0 / (units + 1);
        double value = 0;
        double slope = 0;
        for (int i = 1; i <= units; i++) {
            double next = (curve((i + 1) * step) - value) / step;
            turns.data()[i - 1] = (float) (next - slope);
            biases.data()[i - 1] = ownKinks ? (float) (-i * step) : -0.5f;
            slope = next;
            value = curve((i + 1) * step);
        }
        model.parameters().set("dense_1.weights", ones);
        model.parameters().set("dense_1.bias", biases);
        model.parameters().set("dense_2.weights", turns);
        return model;
    }

    private static int bends(Model model) {
        Shape one = Shape.of(1);
        return LinearRegions.alongLine(model, Tensor.of(one, 0), Tensor.of(one, 1), 10 * MOST)
                        .count()
                - 1;
    }

    private static Plot drawn(Plot plot, int units) {
        Tensor xs = Tensor.zeros(Shape.of(PLACES, 1));
        for (int i = 0; i < PLACES; i++) {
            xs.data()[i] = plot.xs().get(i).floatValue();
        }
        Tensor ys = fit(units, true).predictor(WorkerPool.shared()).logits(xs);
        return plot.with(units + " units", Matrix.of(ys).data());
    }

    private static double error(Plot plot, int k) {
        double worst = 0;
        for (int i = 0; i < PLACES; i++) {
            double off = plot.curves().get(k).ys().get(i) - curve(plot.xs().get(i));
            worst = Math.max(worst, Math.abs(off));
        }
        return worst;
    }
}
