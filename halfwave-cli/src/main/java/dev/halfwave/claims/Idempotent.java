package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;

/** Applies each function again and again to what it has made. */
record Idempotent() implements Claim {
    private static final int TIMES = 12;
    private static final int OFTEN = 60;
    private static final double REACH = 50;

    @Override
    public String id() {
        return "idempotent";
    }

    @Override
    public String text() {
        return "A second ReLU changes nothing, while repeated sigmoids run to a constant.";
    }

    @Override
    public String source() {
        return "a common remark; no first source known";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        Activation relu = new Relu();
        int changed = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int steps = quick ? 1_000 : 100_000;
        for (int i = 0; i <= steps; i++) {
            double x = REACH * (2.0 * i / steps - 1);
            changed += relu.at(relu.at(x)) == relu.at(x) ? 0 : 1;
            double end = repeated(new Sigmoid(), x, OFTEN);
            low = Math.min(low, end);
            high = Math.max(high, end);
        }
        Plot plot = Plot.counting("times applied", 0, TIMES, "value")
                .with("sigmoid from −4", n -> repeated(new Sigmoid(), -4, (int) n))
                .with("sigmoid from 4", n -> repeated(new Sigmoid(), 4, (int) n))
                .with("ReLU from 4", n -> repeated(relu, 4, (int) n))
                .with("ReLU from −4", n -> repeated(relu, -4, (int) n));
        String measured = Texts.format(
                "a second ReLU changed %d of %,d values between −50 and 50; %d sigmoids took them all to %.6f, within"
                        + " %.0e",
                changed, steps + 1, OFTEN, low, high - low);
        return new Finding(Verdict.of(changed == 0 && high - low < 1e-12), measured, plot);
    }

    private static double repeated(Activation f, double x, int times) {
        double y = x;
        for (int i = 0; i < times; i++) {
            y = f.at(y);
        }
        return y;
    }
}
