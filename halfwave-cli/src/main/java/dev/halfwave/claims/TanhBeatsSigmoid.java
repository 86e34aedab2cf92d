package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Tanh;
import dev.halfwave.nn.Activate;

/** Trains three hidden layers with tanh and with sigmoid, each at its best rate. */
record TanhBeatsSigmoid() implements Claim {
    private static final int DEPTH = 3;
    private static final int EPOCHS = 10;

    @Override
    public String id() {
        return "tanh-beats-sigmoid";
    }

    @Override
    public String text() {
        return "Tanh beats sigmoid in hidden layers.";
    }

    @Override
    public String source() {
        return "LeCun et al. 1998, Efficient BackProp, section 4.4";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        int seeds = quick ? 3 : 10;
        int digits = quick ? 1000 : 2000;
        Runs tanh = Runs.of(trial(new Tanh(), digits), seeds);
        Runs sigmoid = Runs.of(trial(new Sigmoid(), digits), seeds);
        Spread gain = tanh.above(sigmoid);
        String measured = Texts.format(
                "%d hidden layers of 64 units, %d epochs of %,d digits, %d seeds, the best of 4 rates for each: test"
                        + " accuracy %s with tanh (rate %.2f) and %s with sigmoid (rate %.2f), paired difference %s points"
                        + " (95 %% intervals)",
                DEPTH,
                EPOCHS,
                digits,
                seeds,
                tanh.accuracy().percent(),
                tanh.trial().rate(),
                sigmoid.accuracy().percent(),
                sigmoid.trial().rate(),
                gain.points());
        Plot plot = Plot.counting("epochs", 1, EPOCHS, "test accuracy, mean over seeds")
                .with("tanh", tanh.curve())
                .with("sigmoid", sigmoid.curve());
        return new Finding(Verdict.of(gain.isAbove(0)), measured, plot);
    }

    private static Trial trial(Activation f, int digits) {
        return Trial.of(SmallNet.dense(DEPTH, layer -> SmallNet.chain(layer, new Activate(f))), 1, EPOCHS, digits)
                .atBest(0.01, 0.03, 0.1, 0.3);
    }
}
