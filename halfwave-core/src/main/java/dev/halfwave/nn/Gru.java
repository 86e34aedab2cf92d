package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.nn.init.Glorot;
import dev.halfwave.nn.init.Orthogonal;
import dev.halfwave.op.GruCell;

/**
 * A layer of gated recurrent units: with the gates {@code u, r = σ(xₜ·W + hₜ₋₁·U + b)} and {@code g = tanh(xₜ·W + b +
 * r·(hₜ₋₁·U + b′))}, each with its own part of the parameters, {@code hₜ = g + u·(hₜ₋₁ − g)}.
 *
 * <p>Input {@code [N, T, C]}, output the last state {@code [N, units]}, or all of them {@code [N, T, units]}. Parameters:
 * {@code weights [C, 3·units]}, {@code recurrent [units, 3·units]}, {@code bias [3·units]} in the order above, and b′ as
 * {@code recurrent_bias [units]}; biases start at 0.
 *
 * @param units numbers of the state, 1 or more
 * @param whole whether all states are the result; the last one by default
 * @param initializer first values of W; Glorot's by default
 * @param recurrent first values of U; orthogonal by default
 * @see <a href="https://arxiv.org/abs/1406.1078">Cho et al. 2014</a>
 */
public record Gru(int units, boolean whole, Initializer initializer, Initializer recurrent) implements Layer {

    /** @throws IllegalArgumentException if there is no unit */
    public Gru {
        Recurrences.check("gru", units);
    }

    /** With the usual first values, whose last state is the result. */
    public static Gru of(int units) {
        return new Gru(units, false, new Glorot(), new Orthogonal());
    }

    /** The same with all states as result. */
    public Gru allStates() {
        return new Gru(units, true, initializer, recurrent);
    }

    /** The same with other first values of W. */
    public Gru initializer(Initializer other) {
        return new Gru(units, whole, other, recurrent);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return new Recurrences(new GruCell(), units, whole, initializer, recurrent, new Constant(0)).apply(g, x);
    }
}
