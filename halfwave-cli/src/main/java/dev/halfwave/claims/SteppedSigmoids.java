package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Softplus;

/** Adds up logistic units until more of them change nothing, and measures how far ReLU and softplus are from the sum. */
record SteppedSigmoids() implements Claim {
    private static final double REACH = 10;
    private static final double AWAY = 5;

    /** Units beyond the largest x; the last one adds less than e⁻³⁰. */
    private static final int UNITS = 40;

    @Override
    public String id() {
        return "stepped-sigmoid";
    }

    @Override
    public String text() {
        return "ReLU approximates the sum of infinitely many logistic units with biases that fall by one.";
    }

    @Override
    public String source() {
        return "Nair and Hinton 2010, section 2";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS_ONLY_IF;
    }

    @Override
    public Finding run(boolean quick) {
        int steps = quick ? 400 : 20_000;
        Activation relu = new Relu();
        double near = 0;
        double far = 0;
        double softplus = 0;
        for (int i = 0; i <= steps; i++) {
            double x = REACH * (2.0 * i / steps - 1);
            double off = Math.abs(relu.at(x) - sum(x));
            near = Math.max(near, off);
            far = Math.abs(x) < AWAY ? far : Math.max(far, off);
            softplus = Math.max(softplus, Math.abs(new Softplus().at(x) - sum(x)));
        }
        Plot plot = Plot.over("x", -4, 4, 81, "value")
                .with("sum of logistic units", SteppedSigmoids::sum)
                .with("ReLU", relu::at)
                .with("softplus", new Softplus()::at);
        String measured = Texts.format(
                "only if x is away from 0: ReLU is off by %.3f at worst, by %.3f where |x| ≥ %.0f; softplus by %.3f"
                        + " anywhere",
                near, far, AWAY, softplus);
        return new Finding(Verdict.of(far < 0.02 && softplus < 0.02, near < 0.02), measured, plot);
    }

    /** Σ σ(x − i + ½) over all i that matter. */
    private static double sum(double x) {
        double sum = 0;
        for (int i = 1; i <= REACH + UNITS; i++) {
            sum += new Sigmoid().at(x - i + 0.5);
        }
        return sum;
    }
}
