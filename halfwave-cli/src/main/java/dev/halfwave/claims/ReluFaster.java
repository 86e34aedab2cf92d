package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Tanh;
import dev.halfwave.nn.Activate;

/** Counts the epochs that a network needs to a given error with ReLU and with tanh, each at its best rate. */
record ReluFaster() implements Claim {
    private static final int EPOCHS = 20;
    private static final double GOAL = 0.85;

    @Override
    public String id() {
        return "relu-faster-than-tanh";
    }

    @Override
    public String text() {
        return "Networks with ReLU need several times fewer epochs to a given error than those with tanh.";
    }

    @Override
    public String source() {
        return "Krizhevsky, Sutskever and Hinton 2012, section 3.1 and figure 1: six times";
    }

    @Override
    public Verdict expected() {
        return Verdict.FALSE;
    }

    @Override
    public Finding run(boolean quick) {
        int seeds = quick ? 3 : 10;
        int digits = quick ? 1000 : 2000;
        Runs relu = Runs.of(trial(new Relu(), digits), seeds);
        Runs tanh = Runs.of(trial(new Tanh(), digits), seeds);
        double[] logs = new double[seeds];
        for (int i = 0; i < seeds; i++) {
            logs[i] = Math.log(
                    epochs(tanh.courses().get(i)) / epochs(relu.courses().get(i)));
        }
        Spread ratio = Spread.of(logs);
        String measured = Texts.format(
                "2 convolutions and 64 units, %,d digits, %d seeds, the best of 3 rates for each: to a test error of %.0f %%"
                        + " ReLU takes %.2f epochs (rate %.2f) and tanh %.2f (rate %.2f), %.2f times as many (95 %% interval"
                        + " %.2f to %.2f; several times is taken for 2 or more)",
                digits,
                seeds,
                100 * (1 - GOAL),
                mean(relu),
                relu.trial().rate(),
                mean(tanh),
                tanh.trial().rate(),
                Math.exp(ratio.mean()),
                Math.exp(ratio.mean() - ratio.halfWidth()),
                Math.exp(ratio.mean() + ratio.halfWidth()));
        Plot plot = Plot.counting("epochs", 1, EPOCHS, "test accuracy, mean over seeds")
                .with("ReLU", relu.curve())
                .with("tanh", tanh.curve());
        return new Finding(Verdict.of(ratio.isAbove(Math.log(2))), measured, plot);
    }

    private static double mean(Runs runs) {
        return runs.courses().stream().mapToDouble(ReluFaster::epochs).average().orElseThrow();
    }

    /** When the goal was reached, on straight lines between epochs; the number of all if it was not. */
    private static double epochs(Trial.Course course) {
        double before = 1.0 / course.model().classes().size();
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            double now = course.accuracy(epoch);
            if (now >= GOAL) {
                return epoch - 1 + (GOAL - before) / (now - before);
            }
            before = now;
        }
        return EPOCHS;
    }

    private static Trial trial(Activation f, int digits) {
        return Trial.of(
                        SmallNet.convolutional(
                                layer -> SmallNet.chain(layer, new Activate(f)),
                                layer -> SmallNet.chain(layer, new Activate(f))),
                        1,
                        EPOCHS,
                        digits)
                .atBest(0.01, 0.03, 0.1);
    }
}
