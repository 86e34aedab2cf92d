package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Tanh;
import dev.halfwave.kernel.PointwiseKernels;
import dev.halfwave.kernel.Providers;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Times the active kernels of the three functions over values that fit into the cache. */
record Cost() implements Claim {
    private static final int VALUES = 1 << 12;
    private static final int ROUNDS = 7;

    /** ReLU has to be at least this many times as fast, so that noise decides nothing. */
    private static final double MARGIN = 2;

    @Override
    public String id() {
        return "cost";
    }

    @Override
    public String text() {
        return "ReLU is cheaper to compute than sigmoid and tanh.";
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
        int times = quick ? 1_000 : 20_000;
        double[] relu = nanos(new Relu(), times);
        double[] sigmoid = nanos(new Sigmoid(), times);
        double[] tanh = nanos(new Tanh(), times);
        Plot plot = Plot.counting("round", 1, ROUNDS, "nanoseconds per value")
                .with("ReLU", relu)
                .with("sigmoid", sigmoid)
                .with("tanh", tanh);
        String measured = Texts.format(
                "nanoseconds per value with the %s kernels, best of %d rounds: ReLU %.3f, sigmoid %.3f, tanh %.3f",
                Providers.active().name(), ROUNDS, best(relu), best(sigmoid), best(tanh));
        double cheaper = Math.min(best(sigmoid), best(tanh)) / best(relu);
        return new Finding(Verdict.of(cheaper > MARGIN), measured, plot);
    }

    private static double best(double[] rounds) {
        return Arrays.stream(rounds).min().orElseThrow();
    }

    private static double[] nanos(Activation f, int times) {
        PointwiseKernels.Value kernel = Providers.active().pointwise().value(f);
        float[] x = Matrix.gaussian(1, VALUES, 2, new SplittableRandom(1))
                .toTensor()
                .data();
        float[] y = new float[VALUES];
        double[] rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                kernel.apply(x, 0, y, 0, VALUES);
            }
            rounds[round] = (System.nanoTime() - start) / (double) times / VALUES;
        }
        return rounds;
    }
}
