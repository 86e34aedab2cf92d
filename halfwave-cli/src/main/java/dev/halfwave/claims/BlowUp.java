package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import java.util.SplittableRandom;

/** Sends a batch through layers whose weights are twice as large as He's, with and without batch norm. */
record BlowUp() implements Claim {
    private static final int WIDTH = 64;
    private static final int DEPTH = 30;
    private static final double DEVIATION = 2 * Math.sqrt(2.0 / WIDTH);

    @Override
    public String id() {
        return "blow-up";
    }

    @Override
    public String text() {
        return "ReLU keeps values from blowing up.";
    }

    @Override
    public String source() {
        return "said in many tutorials; no first source known";
    }

    @Override
    public Verdict expected() {
        return Verdict.FALSE;
    }

    @Override
    public Finding run(boolean quick) {
        double[] rectified = largest(new Relu(), false);
        double[] normalised = largest(new Relu(), true);
        double[] squashed = largest(new Sigmoid(), false);
        Plot plot = Plot.counting("layers", 0, DEPTH, "log₁₀ of the largest value")
                .with("ReLU", logs(rectified))
                .with("batch norm, then ReLU", logs(normalised))
                .with("sigmoid", logs(squashed));
        String measured = Texts.format(
                "with weights twice as large as He's the largest value grows from %.1f to %.1e over %d layers; with batch"
                        + " norm before each ReLU to %.1f, with sigmoid to %.1f",
                rectified[0], rectified[DEPTH], DEPTH, normalised[DEPTH], squashed[DEPTH]);
        return new Finding(Verdict.of(rectified[DEPTH] <= 100 * rectified[0]), measured, plot);
    }

    private static double[] logs(double[] values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log10(values[i]);
        }
        return logs;
    }

    /** The largest value before the first layer and after each. */
    private static double[] largest(Activation f, boolean normalise) {
        SplittableRandom random = new SplittableRandom(1);
        Matrix a = Matrix.gaussian(WIDTH, WIDTH, 1, random);
        double[] largest = new double[DEPTH + 1];
        for (int depth = 0; depth <= DEPTH; depth++) {
            largest[depth] = a.largest();
            Matrix z = a.times(Matrix.gaussian(WIDTH, WIDTH, DEVIATION, random));
            a = (normalise ? normalised(z) : z).map(f::at);
        }
        return largest;
    }

    /** Batch norm with its first scale and shift: columns of mean 0 and variance 1. */
    private static Matrix normalised(Matrix z) {
        Matrix average = new Matrix(1, z.rows(), new double[z.rows()]).map(zero -> 1.0 / z.rows());
        Matrix mean = average.times(z);
        Matrix variance = average.times(z.scaled(z)).minus(mean.scaled(mean));
        Matrix normal = Matrix.zeros(z.rows(), z.columns());
        for (int i = 0; i < normal.data().length; i++) {
            int column = i % z.columns();
            normal.data()[i] = (z.data()[i] - mean.data()[column]) / Math.sqrt(variance.data()[column]);
        }
        return normal;
    }
}
