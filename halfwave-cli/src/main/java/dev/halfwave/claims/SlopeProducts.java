package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import java.util.SplittableRandom;

/** The slopes of a saturating function, and their products along a chain of layers whose inputs are drawn from N(0, 1). */
final class SlopeProducts {
    /** How far from 0 slopes are taken. */
    static final double REACH = 15;

    /** How many layers the chain has. */
    static final int DEPTH = 30;

    private static final int PLACES = 3_000;

    private final Activation f;
    private final double[] means = new double[DEPTH + 1];

    /** Draws as many chains. */
    SlopeProducts(Activation f, int chains) {
        this.f = f;
        SplittableRandom random = new SplittableRandom(1);
        for (int chain = 0; chain < chains; chain++) {
            double product = 1;
            for (int depth = 0; depth <= DEPTH; depth++) {
                means[depth] += product / chains;
                product *= f.slopeAt(random.nextGaussian());
            }
        }
    }

    /** Whether slopes are above 0 and at most the given bound, which they reach, and their products vanish. */
    Finding finding(double bound) {
        double after = mean(DEPTH);
        String measured = Texts.format(
                "between −%.0f and %.0f the derivative lies between %.1e and %.4g; over %d layers with inputs drawn from"
                        + " N(0, 1) the product of slopes is %.1e on average",
                REACH, REACH, least(), most(), DEPTH, after);
        return new Finding(
                Verdict.of(least() > 0 && most() == bound && after < 1e-5),
                measured,
                plot(f.name()).with("ReLU, where it is active", n -> logOfPower(new Relu(), n)));
    }

    /** The smallest slope within reach. */
    double least() {
        double least = Double.POSITIVE_INFINITY;
        for (int i = -PLACES; i <= PLACES; i++) {
            least = Math.min(least, f.slopeAt(REACH * i / PLACES));
        }
        return least;
    }

    /** The largest slope within reach. */
    double most() {
        double most = 0;
        for (int i = -PLACES; i <= PLACES; i++) {
            most = Math.max(most, f.slopeAt(REACH * i / PLACES));
        }
        return most;
    }

    /** The mean product over this many layers. */
    double mean(int depth) {
        return means[depth];
    }

    /** The mean product over the layers. */
    Plot plot(String name) {
        return Plot.counting("layers", 0, DEPTH, "log₁₀ of the product of slopes")
                .with(name, depth -> Math.log10(means[(int) depth]));
    }

    /** The logarithm to base 10 of the n-th power of the slope at 1. */
    static double logOfPower(Activation f, double n) {
        return n * Math.log10(f.slopeAt(1));
    }
}
