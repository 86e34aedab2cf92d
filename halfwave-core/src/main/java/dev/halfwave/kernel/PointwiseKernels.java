package dev.halfwave.kernel;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Formula;

/** Makes kernels that apply an activation or another function, or its gradient, to every element. */
public interface PointwiseKernels {
    /** The kernel of y = f(x). */
    Value value(Activation activation);

    /** The kernel of dx = dy · f′, with f′ from y where the activation's derivative is a formula of y, else from x. */
    Gradient gradient(Activation activation);

    /** The kernel of y = f(x), where f is a formula of x. */
    Value value(Formula formula);

    /** The kernel of dx = dy · f′, where f′ is a formula of x alone or of y alone. */
    Gradient gradient(Formula derivative);

    /** y = f(x) over a range. */
    @FunctionalInterface
    interface Value {
        /** {@code y[i] = f(x[i])} for n elements; y may be x itself. */
        void apply(float[] x, int xo, float[] y, int yo, int n);
    }

    /** dx = dy · f′ over a range. */
    @FunctionalInterface
    interface Gradient {
        /**
         * {@code dx[i] = dy[i] · f′(v[i])} for n elements; dx may be dy itself.
         *
         * @param v the activation's output if its derivative mentions y, else its input
         */
        void apply(float[] dy, int dyo, float[] v, int vo, float[] dx, int dxo, int n);
    }
}
