package dev.halfwave.kernel;

import dev.halfwave.activation.Activation;

/** Activations straight from their formulas, for tests of other kernels. */
final class PlainPointwise implements PointwiseKernels {
    @Override
    public Value value(Activation activation) {
        return (x, xo, y, yo, n) -> {
            for (int i = 0; i < n; i++) {
                y[yo + i] = (float) activation.at(x[xo + i]);
            }
        };
    }

    @Override
    public Gradient gradient(Activation activation) {
        return (dy, dyo, v, vo, dx, dxo, n) -> {
            for (int i = 0; i < n; i++) {
                dx[dxo + i] = (float) (dy[dyo + i] * activation.slopeAt(v[vo + i]));
            }
        };
    }
}
