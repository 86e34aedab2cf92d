package dev.halfwave.claims;

import dev.halfwave.activation.Relu;
import dev.halfwave.nn.Activate;
import dev.halfwave.nn.Dropout;
import dev.halfwave.nn.Layer;
import java.util.function.UnaryOperator;

/** Trains a network on few digits with dropout nowhere, behind the convolutions, behind the dense layer and behind both. */
record DropoutPlace() implements Claim {
    private static final int EPOCHS = 20;
    private static final int DIGITS = 300;
    private static final double CONVOLUTIONS = 0.25;
    private static final double DENSE = 0.5;

    /** A gain below a point is nobody's reason to prefer one place. */
    private static final double MATTERS = 0.01;

    @Override
    public String id() {
        return "dropout-place";
    }

    @Override
    public String text() {
        return "Dropout belongs behind dense layers, not behind convolutions.";
    }

    @Override
    public String source() {
        return "Krizhevsky, Sutskever and Hinton 2012, section 4.2, who use it there alone";
    }

    @Override
    public Verdict expected() {
        return Verdict.FALSE;
    }

    @Override
    public Finding run(boolean quick) {
        int seeds = quick ? 4 : 15;
        Runs none = runs(DropoutPlace::plain, DropoutPlace::plain, seeds);
        Runs dense = runs(DropoutPlace::plain, dropping(DENSE), seeds);
        Runs convolutions = runs(dropping(CONVOLUTIONS), DropoutPlace::plain, seeds);
        Runs both = runs(dropping(CONVOLUTIONS), dropping(DENSE), seeds);
        Spread gain = dense.above(convolutions);
        String measured = Texts.format(
                "2 convolutions and 64 units, %d epochs of %,d digits, %d seeds: test accuracy %s without dropout, %s with"
                        + " it behind the dense layer, %s behind the convolutions, %s behind both; gains over none %s, %s"
                        + " and %s points; dense over convolutions %s (95 %% intervals; a point is the least that counts)",
                EPOCHS,
                DIGITS,
                seeds,
                none.accuracy().percent(),
                dense.accuracy().percent(),
                convolutions.accuracy().percent(),
                both.accuracy().percent(),
                dense.above(none).points(),
                convolutions.above(none).points(),
                both.above(none).points(),
                gain.points());
        Plot plot = Plot.counting("epochs", 1, EPOCHS, "test accuracy, mean over seeds")
                .with("none", none.curve())
                .with("behind the dense layer", dense.curve())
                .with("behind the convolutions", convolutions.curve())
                .with("behind both", both.curve());
        return new Finding(Verdict.of(gain.isAbove(MATTERS)), measured, plot);
    }

    private static Layer plain(Layer layer) {
        return SmallNet.chain(layer, new Activate(new Relu()));
    }

    private static UnaryOperator<Layer> dropping(double rate) {
        return layer -> SmallNet.chain(layer, new Activate(new Relu()), new Dropout(rate));
    }

    private static Runs runs(UnaryOperator<Layer> convolution, UnaryOperator<Layer> dense, int seeds) {
        return Runs.of(Trial.of(SmallNet.convolutional(convolution, dense), 0.02, EPOCHS, DIGITS), seeds);
    }
}
