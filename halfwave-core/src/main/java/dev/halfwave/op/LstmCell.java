package dev.halfwave.op;

import dev.halfwave.activation.Sigmoid;
import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.kernel.Kernels;
import java.util.Arrays;

/**
 * Long short-term memory: {@code c′ = φ·c + i·g} and {@code h′ = o·tanh(c′)}, with the input, output and forget gates
 * {@code i, o, φ = σ(z₀), σ(z₁), σ(z₂)} and what is new {@code g = tanh(z₃)}.
 *
 * <p>The order of gates is that of ONNX. There are no peepholes.
 *
 * @see <a href="https://doi.org/10.1162/089976600300015015">Gers, Schmidhuber and Cummins 2000, for the forget gate</a>
 */
public record LstmCell() implements Cell {
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int FORGET = 2;
    private static final int NEW = 3;
    private static final int MEMORY = 4;

    @Override
    public String name() {
        return "lstm";
    }

    @Override
    public int gates() {
        return 4;
    }

    @Override
    public int memories() {
        return 1;
    }

    @Override
    public void step(double[] planes, double[] h) {
        int n = h.length;
        for (int j = 0; j < n; j++) {
            double in = sigmoid(planes[INPUT * n + j]);
            double out = sigmoid(planes[OUTPUT * n + j]);
            double forget = sigmoid(planes[FORGET * n + j]);
            double fresh = Math.tanh(planes[NEW * n + j]);
            double memory = forget * planes[MEMORY * n + j] + in * fresh;
            planes[INPUT * n + j] = in;
            planes[OUTPUT * n + j] = out;
            planes[FORGET * n + j] = forget;
            planes[NEW * n + j] = fresh;
            planes[MEMORY * n + j] = memory;
            h[j] = out * Math.tanh(memory);
        }
    }

    static double sigmoid(double z) {
        return new Sigmoid().at(z);
    }

    @Override
    public void gradient(
            double[] planes, double[] old, double[] before, double[] dh, double[] dmemories, double[] dsums) {
        int n = dh.length;
        for (int j = 0; j < n; j++) {
            double in = planes[INPUT * n + j];
            double out = planes[OUTPUT * n + j];
            double forget = planes[FORGET * n + j];
            double fresh = planes[NEW * n + j];
            double t = Math.tanh(planes[MEMORY * n + j]);
            double dc = dmemories[j] + dh[j] * out * (1 - t * t);
            dsums[INPUT * n + j] = dc * fresh * in * (1 - in);
            dsums[OUTPUT * n + j] = dh[j] * t * out * (1 - out);
            dsums[FORGET * n + j] = dc * old[j] * forget * (1 - forget);
            dsums[NEW * n + j] = dc * in * (1 - fresh * fresh);
            dmemories[j] = dc * forget;
            dh[j] = 0;
        }
    }

    @Override
    public Steps steps(Kernels kernels) {
        return new Loops(Gates.of(kernels));
    }

    private record Loops(Gates gates) implements Steps {
        @Override
        public void step(float[] m, int planes, int h, int spare, int n) {
            ElementwiseKernels elementwise = gates.elementwise();
            int memory = planes + MEMORY * n;
            gates.sigmoid().apply(m, planes, m, planes, NEW * n);
            gates.tanh().apply(m, planes + NEW * n, m, planes + NEW * n, n);
            elementwise.multiply(m, memory, m, planes + FORGET * n, m, memory, n);
            elementwise.multiply(m, planes + INPUT * n, m, planes + NEW * n, m, spare, n);
            elementwise.add(m, memory, m, spare, m, memory, n);
            gates.tanh().apply(m, memory, m, spare, n);
            elementwise.multiply(m, planes + OUTPUT * n, m, spare, m, h, n);
        }

        @Override
        public void gradient(float[] m, int base, Places at, int n) {
            ElementwiseKernels elementwise = gates.elementwise();
            int planes = base + at.planes();
            int dh = base + at.dh();
            int d = base + at.dsums();
            int dc = base + at.dmemories();
            int t = base + at.spare();
            gates.tanh().apply(m, planes + MEMORY * n, m, t, n);
            elementwise.multiply(m, dh, m, t, m, d + OUTPUT * n, n);
            elementwise.multiply(m, dh, m, planes + OUTPUT * n, m, dh, n);
            gates.tanhSlope().apply(m, dh, m, t, m, dh, n);
            elementwise.add(m, dc, m, dh, m, dc, n);
            elementwise.multiply(m, dc, m, planes + NEW * n, m, d + INPUT * n, n);
            elementwise.multiply(m, dc, m, base + at.old(), m, d + FORGET * n, n);
            elementwise.multiply(m, dc, m, planes + INPUT * n, m, d + NEW * n, n);
            elementwise.multiply(m, dc, m, planes + FORGET * n, m, dc, n);
            gates.sigmoidSlope().apply(m, d, m, planes, m, d, NEW * n);
            gates.tanhSlope().apply(m, d + NEW * n, m, planes + NEW * n, m, d + NEW * n, n);
            Arrays.fill(m, dh, dh + n, 0);
        }
    }
}
