package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Initializer;
import dev.halfwave.nn.init.Glorot;
import dev.halfwave.nn.init.He;
import java.util.SplittableRandom;

/** Follows the mean square of the values through deep networks as they are drawn. */
record HeVariance() implements Claim {
    private static final int DEPTH = 30;
    private static final int ROWS = 8;

    @Override
    public String id() {
        return "he-variance";
    }

    @Override
    public String text() {
        return "He initialisation keeps the variance through 30 ReLU layers, where Glorot's halves it in each.";
    }

    @Override
    public String source() {
        return "He et al. 2015, section 2.2";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        int width = quick ? 128 : 256;
        int networks = quick ? 10 : 40;
        double[] he = logs(new He(), width, networks);
        double[] glorot = logs(new Glorot(), width, networks);
        double heRate = Math.pow(2, (he[DEPTH] - he[0]) / DEPTH);
        double glorotRate = Math.pow(2, (glorot[DEPTH] - glorot[0]) / DEPTH);
        Plot plot = Plot.counting("layers", 0, DEPTH, "log₂ of the mean square")
                .with("He", he)
                .with("Glorot", glorot);
        String measured = Texts.format(
                "over %d layers of %d units in %d networks the mean square is multiplied by %.3f per layer with He's,"
                        + " by %.3f with Glorot's",
                DEPTH, width, networks, heRate, glorotRate);
        boolean holds = Math.abs(heRate - 1) < 0.07 && Math.abs(glorotRate - 0.5) < 0.035;
        return new Finding(Verdict.of(holds), measured, plot);
    }

    /** The mean over networks of log₂ of the mean square, before the first layer and after each. */
    private static double[] logs(Initializer initializer, int width, int networks) {
        Activation relu = new Relu();
        SplittableRandom random = new SplittableRandom(1);
        double[] logs = new double[DEPTH + 1];
        for (int network = 0; network < networks; network++) {
            Matrix a = Matrix.gaussian(ROWS, width, 1, random).map(relu::at);
            for (int depth = 0; depth <= DEPTH; depth++) {
                logs[depth] += Math.log(a.meanSquare()) / Math.log(2) / networks;
                a = a.times(Matrix.drawn(initializer, width, width, random)).map(relu::at);
            }
        }
        return logs;
    }
}
