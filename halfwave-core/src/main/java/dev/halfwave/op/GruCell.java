package dev.halfwave.op;

import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.kernel.Kernels;

/**
 * The gated recurrent unit: {@code h′ = g + u·(h − g)}, with the update and reset gates {@code u, r = σ(z₀), σ(z₁)} and
 * what is new {@code g = tanh(z₂ + r·z₃)}.
 *
 * <p>z₂ comes from the input and z₃ from the state: the reset gate acts behind the product, so that a step needs one product.
 * The order of gates is that of ONNX, whose {@code linear_before_reset} this is.
 *
 * @see <a href="https://arxiv.org/abs/1406.1078">Cho et al. 2014, where the reset gate acts in front of the product</a>
 */
public record GruCell() implements Cell {
    private static final int UPDATE = 0;
    private static final int RESET = 1;
    private static final int NEW = 2;
    private static final int STATE = 3;

    @Override
    public String name() {
        return "gru";
    }

    @Override
    public int gates() {
        return 3;
    }

    @Override
    public boolean keepsApart() {
        return true;
    }

    @Override
    public void step(double[] planes, double[] h) {
        int n = h.length;
        for (int j = 0; j < n; j++) {
            double update = LstmCell.sigmoid(planes[UPDATE * n + j]);
            double reset = LstmCell.sigmoid(planes[RESET * n + j]);
            double fresh = Math.tanh(planes[NEW * n + j] + reset * planes[STATE * n + j]);
            planes[UPDATE * n + j] = update;
            planes[RESET * n + j] = reset;
            planes[NEW * n + j] = fresh;
            h[j] = fresh + update * (h[j] - fresh);
        }
    }

    @Override
    public void gradient(
            double[] planes, double[] old, double[] before, double[] dh, double[] dmemories, double[] dsums) {
        int n = dh.length;
        for (int j = 0; j < n; j++) {
            double update = planes[UPDATE * n + j];
            double reset = planes[RESET * n + j];
            double fresh = planes[NEW * n + j];
            double dnew = dh[j] * (1 - update) * (1 - fresh * fresh);
            dsums[UPDATE * n + j] = dh[j] * (before[j] - fresh) * update * (1 - update);
            dsums[RESET * n + j] = dnew * planes[STATE * n + j] * reset * (1 - reset);
            dsums[NEW * n + j] = dnew;
            dsums[STATE * n + j] = dnew * reset;
            dh[j] *= update;
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
            int fresh = planes + NEW * n;
            gates.sigmoid().apply(m, planes, m, planes, NEW * n);
            elementwise.multiply(m, planes + RESET * n, m, planes + STATE * n, m, spare, n);
            elementwise.add(m, fresh, m, spare, m, fresh, n);
            gates.tanh().apply(m, fresh, m, fresh, n);
            elementwise.affine(m, fresh, -1, 0, m, spare, n);
            elementwise.add(m, h, m, spare, m, h, n);
            elementwise.multiply(m, h, m, planes, m, h, n);
            elementwise.add(m, h, m, fresh, m, h, n);
        }

        @Override
        public void gradient(float[] m, int base, Places at, int n) {
            ElementwiseKernels elementwise = gates.elementwise();
            int planes = base + at.planes();
            int dh = base + at.dh();
            int d = base + at.dsums();
            int fresh = planes + NEW * n;
            int spare = base + at.spare();
            elementwise.affine(m, fresh, -1, 0, m, d, n);
            elementwise.add(m, d, m, base + at.before(), m, d, n);
            elementwise.multiply(m, d, m, dh, m, d, n);
            elementwise.affine(m, planes, -1, 1, m, spare, n);
            elementwise.multiply(m, spare, m, dh, m, spare, n);
            gates.tanhSlope().apply(m, spare, m, fresh, m, d + NEW * n, n);
            elementwise.multiply(m, d + NEW * n, m, planes + STATE * n, m, d + RESET * n, n);
            elementwise.multiply(m, d + NEW * n, m, planes + RESET * n, m, d + STATE * n, n);
            gates.sigmoidSlope().apply(m, d, m, planes, m, d, NEW * n);
            elementwise.multiply(m, dh, m, planes, m, dh, n);
        }
    }
}
