package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import java.util.SplittableRandom;

/** Enumerates every mask of a small network's inputs, and compares their geometric mean with scaled weights. */
record DropoutMean() implements Claim {
    private static final int CLASSES = 4;
    private static final int HIDDEN = 16;
    private static final double KEPT = 0.5;

    @Override
    public String id() {
        return "dropout-mean";
    }

    @Override
    public String text() {
        return "Dropout's weight scaling is the geometric mean of the ensemble.";
    }

    @Override
    public String source() {
        return "Hinton et al. 2012; Goodfellow, Bengio and Courville 2016, section 7.12";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS_ONLY_IF;
    }

    @Override
    public Finding run(boolean quick) {
        int inputs = quick ? 10 : 14;
        SplittableRandom random = new SplittableRandom(1);
        Matrix x = Matrix.gaussian(1, inputs, 1, random);
        Matrix direct = Matrix.gaussian(inputs, CLASSES, KEPT, random);
        Matrix in = Matrix.gaussian(inputs, HIDDEN, KEPT, random);
        Matrix out = Matrix.gaussian(HIDDEN, CLASSES, KEPT, random);
        Activation relu = new Relu();
        Both shallow = Both.of(x, masked -> masked.times(direct));
        Both deep = Both.of(x, masked -> masked.times(in).map(relu::at).times(out));
        Plot plot = Plot.counting("class", 0, CLASSES - 1, "probability")
                .with("one layer: geometric mean", shallow.mean.data())
                .with("one layer: scaled weights", shallow.scaled.data())
                .with("with hidden ReLUs: geometric mean", deep.mean.data())
                .with("with hidden ReLUs: scaled weights", deep.scaled.data());
        String measured = Texts.format(
                "only if there is one softmax layer: over all %,d masks its probabilities differ by %.0e; with a hidden"
                        + " ReLU layer by %.3f",
                1 << inputs, shallow.difference(), deep.difference());
        return new Finding(Verdict.of(shallow.difference() < 1e-12, deep.difference() < 1e-12), measured, plot);
    }

    /** From inputs to logits. */
    @FunctionalInterface
    private interface Logits {
        Matrix of(Matrix inputs);
    }

    /** The renormalised geometric mean over all masks, and the probabilities of the network with scaled inputs. */
    private record Both(Matrix mean, Matrix scaled) {
        static Both of(Matrix x, Logits network) {
            int masks = 1 << x.columns();
            Matrix logs = Matrix.zeros(1, CLASSES);
            for (int mask = 0; mask < masks; mask++) {
                Matrix kept = Matrix.zeros(1, x.columns());
                for (int i = 0; i < x.columns(); i++) {
                    kept.data()[i] = (mask >> i & 1) * x.data()[i];
                }
                logs = logs.minus(softmax(network.of(kept)).map(p -> -Math.log(p) / masks));
            }
            return new Both(softmax(logs), softmax(network.of(x.map(value -> KEPT * value))));
        }

        double difference() {
            return mean.minus(scaled).largest();
        }
    }

    private static Matrix softmax(Matrix logits) {
        Matrix powers = logits.map(Math::exp);
        double sum = 0;
        for (double power : powers.data()) {
            sum += power;
        }
        double total = sum;
        return powers.map(power -> power / total);
    }
}
