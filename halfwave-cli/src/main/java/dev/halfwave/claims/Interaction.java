package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Relu;

/** Measures how the effect of one input depends on the other, by a mixed difference. */
record Interaction() implements Claim {
    private static final int REACH = 20;
    private static final double STEP = 0.25;

    @Override
    public String id() {
        return "interaction";
    }

    @Override
    public String text() {
        return "One unit with two inputs makes an interaction between them, as in f(2A + 3B).";
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
        double rectified = 0;
        double linear = 0;
        for (int i = -REACH; i <= REACH; i++) {
            for (int j = -REACH; j <= REACH; j++) {
                rectified = Math.max(rectified, Math.abs(mixed(new Relu(), i * STEP, j * STEP)));
                linear = Math.max(linear, Math.abs(mixed(new Identity(), i * STEP, j * STEP)));
            }
        }
        Plot plot = Plot.over("A", -4, 4, 65, "what B adds: f(2A + 3B) − f(2A)")
                .with("B = 1", a -> effect(a, 1))
                .with("B = −1", a -> effect(a, -1));
        String measured = Texts.format(
                "what one step of A adds changes by up to %.2f with one step of B; without ReLU by %.0f",
                rectified, linear);
        return new Finding(Verdict.of(rectified > 0.5 && linear == 0), measured, plot);
    }

    private static double mixed(Activation f, double a, double b) {
        return unit(f, a + 1, b + 1) - unit(f, a + 1, b) - unit(f, a, b + 1) + unit(f, a, b);
    }

    private static double effect(double a, double b) {
        return unit(new Relu(), a, b) - unit(new Relu(), a, 0);
    }

    private static double unit(Activation f, double a, double b) {
        return f.at(2 * a + 3 * b);
    }
}
