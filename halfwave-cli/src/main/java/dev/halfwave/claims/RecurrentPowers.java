package dev.halfwave.claims;

import java.util.SplittableRandom;

/** Multiplies a vector again and again with triangular matrices, whose eigenvalues stand on the diagonal. */
record RecurrentPowers() implements Claim {
    private static final int SIZE = 16;
    private static final int STEPS = 200;
    private static final double SPREAD = 0.05;

    @Override
    public String id() {
        return "recurrent-powers";
    }

    @Override
    public String text() {
        return "In a recurrent net, powers of W vanish or explode with its spectral radius.";
    }

    @Override
    public String source() {
        return "Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and Bengio 2013";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        Plot plot = Plot.counting("steps", 0, STEPS, "log₁₀ of the vector's length")
                .with("spectral radius 0.9", logs(0.9))
                .with("spectral radius 1", logs(1))
                .with("spectral radius 1.1", logs(1.1));
        double below = rate(plot, 0);
        double one = rate(plot, 1);
        double above = rate(plot, 2);
        String measured = Texts.format(
                "for spectral radii of 0.9, 1 and 1.1 the length is multiplied by %.4f, %.4f and %.4f per step over the"
                        + " last half of %d, up to %.0e, %.0e and %.0e of the first",
                below, one, above, STEPS, gain(plot, 0), gain(plot, 1), gain(plot, 2));
        boolean holds = Math.abs(below - 0.9) < 1e-3 && Math.abs(one - 1) < 1e-3 && Math.abs(above - 1.1) < 1e-3;
        return new Finding(Verdict.of(holds), measured, plot);
    }

    private static double rate(Plot plot, int k) {
        double second =
                plot.curves().get(k).ys().get(STEPS) - plot.curves().get(k).ys().get(STEPS / 2);
        return Math.pow(10, second / (STEPS - STEPS / 2));
    }

    private static double gain(Plot plot, int k) {
        return Math.pow(
                10,
                plot.curves().get(k).ys().get(STEPS) - plot.curves().get(k).ys().get(0));
    }

    private static double[] logs(double radius) {
        SplittableRandom random = new SplittableRandom(1);
        Matrix w = Matrix.zeros(SIZE, SIZE);
        for (int i = 0; i < SIZE; i++) {
            for (int j = i + 1; j < SIZE; j++) {
                w.data()[i * SIZE + j] = SPREAD * random.nextGaussian();
            }
            w.data()[i * SIZE + i] = i == 0 ? radius : radius * random.nextDouble(-0.8, 0.8);
        }
        Matrix v = Matrix.gaussian(SIZE, 1, 1, random);
        double[] logs = new double[STEPS + 1];
        for (int step = 0; step <= STEPS; step++) {
            logs[step] = Math.log10(v.norm());
            v = w.times(v);
        }
        return logs;
    }
}
