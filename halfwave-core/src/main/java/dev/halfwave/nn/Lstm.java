package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Glorot;
import dev.halfwave.nn.init.Orthogonal;
import dev.halfwave.op.LstmCell;
import java.util.Arrays;

/**
 * Long short-term memory: with {@code z = xₜ·W + hₜ₋₁·U + b}, the gates {@code i, o, φ = σ(z₀, z₁, z₂)} and {@code g =
 * tanh(z₃)}, {@code cₜ = φ·cₜ₋₁ + i·g} and {@code hₜ = o·tanh(cₜ)}.
 *
 * <p>Input {@code [N, T, C]}, output the last state {@code [N, units]}, or all of them {@code [N, T, units]}. Parameters:
 * {@code weights [C, 4·units]}, {@code recurrent [units, 4·units]} and {@code bias [4·units]}, the gates in the order
 * above.
 *
 * @param units numbers of the state, 1 or more
 * @param whole whether all states are the result; the last one by default
 * @param forget first bias of the forget gates, so that a new layer remembers; 1 by default
 * @param initializer first values of W; Glorot's by default
 * @param recurrent first values of U; orthogonal by default
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber 1997</a>
 * @see <a href="https://proceedings.mlr.press/v37/jozefowicz15.html">Jozefowicz, Zaremba and Sutskever 2015, for the
 *     forget gates' bias</a>
 */
public record Lstm(int units, boolean whole, double forget, Initializer initializer, Initializer recurrent)
        implements Layer {
    private static final int FORGET = 2;

    /** @throws IllegalArgumentException if there is no unit */
    public Lstm {
        Recurrences.check("lstm", units);
    }

    /** With the usual first values, whose last state is the result. */
    public static Lstm of(int units) {
        return new Lstm(units, false, 1, new Glorot(), new Orthogonal());
    }

    /** The same with all states as result. */
    public Lstm allStates() {
        return new Lstm(units, true, forget, initializer, recurrent);
    }

    /** The same with other first values of W. */
    public Lstm initializer(Initializer other) {
        return new Lstm(units, whole, forget, other, recurrent);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        Initializer bias = (shape, into, offset, random) -> {
            Arrays.fill(into, offset, offset + shape.elements(), 0);
            Arrays.fill(into, offset + FORGET * units, offset + (FORGET + 1) * units, (float) forget);
        };
        return new Recurrences(new LstmCell(), units, whole, initializer, recurrent, bias).apply(g, x);
    }
}
