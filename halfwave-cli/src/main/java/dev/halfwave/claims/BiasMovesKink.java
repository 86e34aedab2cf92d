package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import java.util.SplittableRandom;

/** Looks for the kink of units with random weights by halving, and compares it with −b/w. */
record BiasMovesKink() implements Claim {
    private static final double REACH = 100;
    private static final int HALVINGS = 60;

    @Override
    public String id() {
        return "bias-moves-kink";
    }

    @Override
    public String text() {
        return "A bias moves the kink: f(w·x + b) bends at −b/w.";
    }

    @Override
    public String source() {
        return "Becker, Rectified Linear Units (ReLU) in Deep Learning (Kaggle)";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        SplittableRandom random = new SplittableRandom(1);
        int units = quick ? 1_000 : 100_000;
        double worst = 0;
        for (int i = 0; i < units; i++) {
            double w = random.nextDouble(0.1, 4) * (random.nextBoolean() ? 1 : -1);
            double b = random.nextDouble(-4, 4);
            worst = Math.max(worst, Math.abs(kink(w, b) + b / w));
        }
        Plot plot = Plot.over("x", -4, 4, 81, "f(x + b)")
                .with("b = 0", x -> unit(1, 0, x))
                .with("b = 2", x -> unit(1, 2, x))
                .with("b = −2", x -> unit(1, -2, x));
        String measured = Texts.format("the kinks of %,d random units are found at −b/w, within %.0e", units, worst);
        return new Finding(Verdict.of(worst < 1e-12), measured, plot);
    }

    /** Where the unit starts to be active, without a look at its numbers. */
    private static double kink(double w, double b) {
        double off = unit(w, b, -REACH) == 0 ? -REACH : REACH;
        double on = -off;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (off + on) / 2;
            if (unit(w, b, middle) > 0) {
                on = middle;
            } else {
                off = middle;
            }
        }
        return (off + on) / 2;
    }

    private static double unit(double w, double b, double x) {
        Activation relu = new Relu();
        return relu.at(w * x + b);
    }
}
