package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;

/** Compares the two derivatives place by place. */
record LargerGradient() implements Claim {
    private static final double REACH = 6;

    @Override
    public String id() {
        return "larger-gradient";
    }

    @Override
    public String text() {
        return "Where ReLU is active, its gradient is larger than sigmoid's.";
    }

    @Override
    public String source() {
        return "Glorot, Bordes and Bengio 2011, section 3.1";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        Activation relu = new Relu();
        Activation sigmoid = new Sigmoid();
        int steps = quick ? 1_000 : 100_000;
        double leastRatio = Double.POSITIVE_INFINITY;
        int smaller = 0;
        for (int i = 1; i <= steps; i++) {
            double x = REACH * i / steps;
            leastRatio = Math.min(leastRatio, relu.slopeAt(x) / sigmoid.slopeAt(x));
            smaller += relu.slopeAt(-x) < sigmoid.slopeAt(-x) ? 1 : 0;
        }
        Plot plot = Plot.over("x", -REACH, REACH, 121, "derivative")
                .with("ReLU", relu::slopeAt)
                .with("sigmoid", sigmoid::slopeAt);
        String measured = Texts.format(
                "for 0 < x ≤ %.0f it is at least %.3f times sigmoid's; where ReLU is inactive it is 0, and smaller at"
                        + " %.0f %% of the places",
                REACH, leastRatio, 100.0 * smaller / steps);
        return new Finding(Verdict.of(leastRatio >= 4), measured, plot);
    }
}
