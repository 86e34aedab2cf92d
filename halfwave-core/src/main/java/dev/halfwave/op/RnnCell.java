package dev.halfwave.op;

import dev.halfwave.activation.Activation;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.PointwiseKernels;
import java.util.Arrays;

/**
 * The simple cell: {@code h′ = f(z)}, where z is its one sum.
 *
 * @param activation f; any function of single elements
 * @see <a href="https://doi.org/10.1207/s15516709cog1402_1">Elman 1990</a>
 */
public record RnnCell(Activation activation) implements Cell {
    @Override
    public String name() {
        return "rnn";
    }

    @Override
    public int gates() {
        return 1;
    }

    @Override
    public void step(double[] planes, double[] h) {
        for (int i = 0; i < h.length; i++) {
            h[i] = activation.at(planes[i]);
            planes[i] = fromOutput() ? h[i] : planes[i];
        }
    }

    /** Whether h′ itself tells the slope, so that z need not be kept. */
    private boolean fromOutput() {
        return !activation.derivative().mentionsX();
    }

    @Override
    public void gradient(
            double[] planes, double[] old, double[] before, double[] dh, double[] dmemories, double[] dsums) {
        for (int i = 0; i < dh.length; i++) {
            dsums[i] = dh[i] * activation.derivative().at(planes[i], planes[i]);
            dh[i] = 0;
        }
    }

    @Override
    public Steps steps(Kernels kernels) {
        return new Loops(
                kernels.pointwise().value(activation), kernels.pointwise().gradient(activation), fromOutput());
    }

    private record Loops(PointwiseKernels.Value value, PointwiseKernels.Gradient slope, boolean fromOutput)
            implements Steps {
        @Override
        public void step(float[] m, int planes, int h, int spare, int n) {
            value.apply(m, planes, m, h, n);
            if (fromOutput) {
                System.arraycopy(m, h, m, planes, n);
            }
        }

        @Override
        public void gradient(float[] m, int base, Places at, int n) {
            int dh = base + at.dh();
            slope.apply(m, dh, m, base + at.planes(), m, base + at.dsums(), n);
            Arrays.fill(m, dh, dh + n, 0);
        }
    }
}
