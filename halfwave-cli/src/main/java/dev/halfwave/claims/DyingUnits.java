package dev.halfwave.claims;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Trains a hidden layer all of whose units start far below their kinks, by gradient descent on y = x. */
record DyingUnits() implements Claim {
    private static final int UNITS = 16;
    private static final int POINTS = 16;
    private static final int STEPS = 20_000;
    private static final int SHOWN = 40;
    private static final double RATE = 0.05;
    private static final double BIAS = -5;
    private static final double LEAK = 0.1;

    @Override
    public String id() {
        return "dying-units";
    }

    @Override
    public String text() {
        return "ReLU units can die, and leaky ones don't.";
    }

    @Override
    public String source() {
        return "Maas, Hannun and Ng 2013, section 2";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        Layer dead = new Layer(new Relu());
        Layer leaky = new Layer(new LeakyRelu(LEAK));
        double[] deadErrors = dead.train();
        double[] leakyErrors = leaky.train();
        Plot plot = Plot.over("steps of gradient descent", 0, STEPS, SHOWN + 1, "mean squared error")
                .with("ReLU", deadErrors)
                .with("leaky ReLU", leakyErrors);
        String measured = Texts.format(
                "%d units with a bias of %.0f: after %,d steps %d ReLU units fire, their biases moved by %.0e"
                        + " (error %.1e); leaky ones, with slope %.1f, moved by at least %.0e (error %.1e)",
                UNITS,
                BIAS,
                STEPS,
                dead.firing(),
                dead.most(),
                deadErrors[SHOWN],
                LEAK,
                leaky.least(),
                leakyErrors[SHOWN]);
        boolean holds = dead.firing() == 0 && dead.most() == 0 && leaky.least() > 0;
        return new Finding(Verdict.of(holds && leakyErrors[SHOWN] < deadErrors[SHOWN] / 10), measured, plot);
    }

    /** y = Σ vₖ·f(wₖ·x + bₖ) + c. */
    private static final class Layer {
        private final Activation f;
        private final double[] w;
        private final double[] v;
        private final double[] b = new double[UNITS];
        private double c;

        Layer(Activation f) {
            this.f = f;
            SplittableRandom random = new SplittableRandom(1);
            w = Matrix.gaussian(1, UNITS, 1, random).data();
            v = Matrix.gaussian(1, UNITS, 1 / Math.sqrt(UNITS), random).data();
            Arrays.fill(b, BIAS);
        }

        /** The errors on the way. */
        double[] train() {
            double[] errors = new double[SHOWN + 1];
            for (int step = 0; step <= STEPS; step++) {
                double error = step();
                if (step % (STEPS / SHOWN) == 0) {
                    errors[step / (STEPS / SHOWN)] = error;
                }
            }
            return errors;
        }

        private double step() {
            Gradient gradient = new Gradient();
            double error = 0;
            for (int i = 0; i < POINTS; i++) {
                double x = i / (POINTS - 1.0);
                double off = at(x) - x;
                error += off * off / POINTS;
                gradient.add(this, x, 2 * off / POINTS);
            }
            for (int k = 0; k < UNITS; k++) {
                w[k] -= RATE * gradient.w[k];
                b[k] -= RATE * gradient.b[k];
                v[k] -= RATE * gradient.v[k];
            }
            c -= RATE * gradient.c;
            return error;
        }

        private double at(double x) {
            double y = c;
            for (int k = 0; k < UNITS; k++) {
                y += v[k] * f.at(w[k] * x + b[k]);
            }
            return y;
        }

        /** How many units fire for some x. */
        int firing() {
            int firing = 0;
            for (int k = 0; k < UNITS; k++) {
                firing += Math.max(b[k], w[k] + b[k]) > 0 ? 1 : 0;
            }
            return firing;
        }

        /** How far the bias that moved most has moved. */
        double most() {
            double most = 0;
            for (double bias : b) {
                most = Math.max(most, Math.abs(bias - BIAS));
            }
            return most;
        }

        /** How far the bias that moved least has moved. */
        double least() {
            double least = Double.POSITIVE_INFINITY;
            for (double bias : b) {
                least = Math.min(least, Math.abs(bias - BIAS));
            }
            return least;
        }
    }

    /** The error's derivatives by a layer's numbers. */
    private static final class Gradient {
        private final double[] w = new double[UNITS];
        private final double[] b = new double[UNITS];
        private final double[] v = new double[UNITS];
        private double c;

        void add(Layer layer, double x, double dy) {
            c += dy;
            for (int k = 0; k < UNITS; k++) {
                double z = layer.w[k] * x + layer.b[k];
                double dz = dy * layer.v[k] * layer.f.slopeAt(z);
                v[k] += dy * layer.f.at(z);
                w[k] += dz * x;
                b[k] += dz;
            }
        }
    }
}
