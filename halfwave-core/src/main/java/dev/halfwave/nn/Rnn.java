package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Prelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Tanh;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Automatic;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.nn.init.IdentityMatrix;
import dev.halfwave.nn.init.Normal;
import dev.halfwave.nn.init.Orthogonal;
import dev.halfwave.op.RnnCell;

/**
 * A simple recurrent layer: {@code hₜ = f(xₜ·W + hₜ₋₁·U + b)} with {@code h₀ = 0}.
 *
 * <p>Input {@code [N, T, C]}, output the last state {@code [N, units]}, or all of them {@code [N, T, units]}. Parameters:
 * {@code weights [C, units]}, {@code recurrent [units, units]} and {@code bias [units]}, which starts at 0.
 *
 * <pre>{@code
 * Network irnn = Network.of("irnn", Shape.of(28, 28, 1), Scan.pixels(), Rnn.identity(100), Dense.of(10));
 * }</pre>
 *
 * @param units numbers of the state, 1 or more
 * @param whole whether all states are the result; the last one by default
 * @param activation f, any function of single elements; tanh by default
 * @param initializer first values of W; by default He's for piecewise linear activations, else Glorot's
 * @param recurrent first values of U; orthogonal by default
 */
public record Rnn(int units, boolean whole, Activation activation, Initializer initializer, Initializer recurrent)
        implements Layer {

    /** The deviation of input weights that goes with an identity. */
    private static final double SMALL = 0.001;

    /** @throws IllegalArgumentException if there is no unit, or the activation has parameters of its own */
    public Rnn {
        Recurrences.check("rnn", units);
        if (activation instanceof Prelu) {
            throw new IllegalArgumentException("rnn: expected an activation that learns nothing itself, received "
                    + activation.spec() + "; leaky-relu has a fixed slope");
        }
    }

    /** With tanh, whose last state is the result. */
    public static Rnn of(int units) {
        return new Rnn(units, false, new Tanh(), new Automatic(), new Orthogonal());
    }

    /**
     * Rectifiers that begin by keeping what they hold: U is the identity, W normal with a deviation of 0.001.
     *
     * @see <a href="https://arxiv.org/abs/1504.00941">Le, Jaitly and Hinton 2015, section 2</a>
     */
    public static Rnn identity(int units) {
        return new Rnn(units, false, new Relu(), new Normal(SMALL), new IdentityMatrix());
    }

    /** The same with another activation. */
    public Rnn activation(Activation other) {
        return new Rnn(units, whole, other, initializer, recurrent);
    }

    /** The same with all states as result. */
    public Rnn allStates() {
        return new Rnn(units, true, activation, initializer, recurrent);
    }

    /** The same with other first values of W. */
    public Rnn initializer(Initializer other) {
        return new Rnn(units, whole, activation, other, recurrent);
    }

    /** The same with other first values of U. */
    public Rnn recurrent(Initializer other) {
        return new Rnn(units, whole, activation, initializer, other);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        Initializer weights = Automatic.resolve(initializer, activation);
        return new Recurrences(new RnnCell(activation), units, whole, weights, recurrent, new Constant(0)).apply(g, x);
    }
}
