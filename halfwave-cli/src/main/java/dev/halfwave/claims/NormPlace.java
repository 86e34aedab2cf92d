package dev.halfwave.claims;

import dev.halfwave.activation.Relu;
import dev.halfwave.nn.Activate;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Layer;
import java.util.function.UnaryOperator;

/** Trains a network without batch norm, with it before each ReLU and with it after. */
record NormPlace() implements Claim {
    private static final int EPOCHS = 8;
    private static final int DEPTH = 6;

    /** A gain below a point is nobody's reason to prefer one place. */
    private static final double MATTERS = 0.01;

    @Override
    public String id() {
        return "norm-place";
    }

    @Override
    public String text() {
        return "Batch norm belongs before the activation, not after it.";
    }

    @Override
    public String source() {
        return "Ioffe and Szegedy 2015, section 3.2";
    }

    @Override
    public Verdict expected() {
        return Verdict.FALSE;
    }

    @Override
    public Finding run(boolean quick) {
        int seeds = quick ? 4 : 10;
        int digits = quick ? 1000 : 2000;
        Activate relu = new Activate(new Relu());
        Runs none = runs(layer -> SmallNet.chain(layer, relu), digits, seeds);
        Runs before = runs(layer -> SmallNet.chain(layer, new BatchNorm(), relu), digits, seeds);
        Runs after = runs(layer -> SmallNet.chain(layer, relu, new BatchNorm()), digits, seeds);
        Spread gain = before.above(after);
        String measured = Texts.format(
                "%d hidden layers of 64 units, %d epochs of %,d digits, %d seeds, the best of 3 rates for each: test"
                        + " accuracy %s without batch norm, %s with it before each ReLU, %s after; before is better than"
                        + " after by %s points, than none by %s (95 %% intervals; a point is the least that counts)",
                DEPTH,
                EPOCHS,
                digits,
                seeds,
                none.accuracy().percent(),
                before.accuracy().percent(),
                after.accuracy().percent(),
                gain.points(),
                before.above(none).points());
        Plot plot = Plot.counting("epochs", 1, EPOCHS, "test accuracy, mean over seeds")
                .with("before ReLU", before.curve())
                .with("after ReLU", after.curve())
                .with("none", none.curve());
        return new Finding(Verdict.of(gain.isAbove(MATTERS)), measured, plot);
    }

    private static Runs runs(UnaryOperator<Layer> hidden, int digits, int seeds) {
        return Runs.of(
                Trial.of(SmallNet.dense(DEPTH, hidden), 1, EPOCHS, digits).atBest(0.01, 0.03, 0.1), seeds);
    }
}
