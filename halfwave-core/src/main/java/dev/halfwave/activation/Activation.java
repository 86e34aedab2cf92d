package dev.halfwave.activation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A function applied to every element of a tensor by itself, with everything that is known about it.
 *
 * <p>The facts are methods, so tables, drawings and tests are generated from them. Implementations are records whose
 * components are the function's parameters; two equal records are the same function. To add one: a record in this
 * package, its line in {@link Activations}, its row in the facts test.
 */
public non-sealed interface Activation extends Facts {

    /** f as a formula of x. */
    Formula value();

    /** f′ as a formula of x, or of y alone where that is possible: then the input need not be kept for backward. */
    Formula derivative();

    @Override
    default String formula() {
        return value().text();
    }

    @Override
    default String derivativeFormula() {
        return derivative().text();
    }

    /** Where f itself jumps, in rising order; none if f is continuous. */
    default List<Double> jumps() {
        return List.of();
    }

    /** Where f′ jumps, in rising order; none if f is smooth. */
    default List<Double> kinks() {
        return List.of();
    }

    @Override
    default boolean idempotent() {
        return false;
    }

    /** The slopes on both sides of zero if f consists of two linear pieces that meet in the origin. */
    default Optional<Slopes> slopes() {
        return Optional.empty();
    }

    /** The value that f approaches for x → −∞, if its gradient vanishes there. */
    default OptionalDouble lowerAsymptote() {
        return OptionalDouble.empty();
    }

    /** The value that f approaches for x → +∞, if its gradient vanishes there. */
    default OptionalDouble upperAsymptote() {
        return OptionalDouble.empty();
    }

    @Override
    default boolean positivelyHomogeneous() {
        return slopes().isPresent();
    }

    @Override
    default String smoothness() {
        if (!jumps().isEmpty()) {
            return "jumps at " + FormulaText.numbers(jumps());
        }
        return kinks().isEmpty()
                ? "yes"
                : (kinks().size() == 1 ? "kink at " : "kinks at ") + FormulaText.numbers(kinks());
    }

    @Override
    default String saturation() {
        String left = lowerAsymptote().isPresent()
                ? FormulaText.number(lowerAsymptote().getAsDouble())
                : "";
        String right = upperAsymptote().isPresent()
                ? FormulaText.number(upperAsymptote().getAsDouble())
                : "";
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? right.isEmpty() ? "–" : right + " (right)" : left + " (left)";
        }
        return left + " and " + right;
    }

    /** f(x) in double precision. */
    default double at(double x) {
        return value().at(x, Double.NaN);
    }

    /** f′(x) in double precision. */
    default double slopeAt(double x) {
        return derivative().at(x, at(x));
    }

    /**
     * The gain that keeps the variance of a signal through a layer with this activation: weights drawn with variance
     * gain² / fan-in. √2 for ReLU, √(2 / (1 + slope²)) for its leaky kin, 1 otherwise.
     *
     * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015, equations 10 and 15</a>
     */
    default double gain() {
        return slopes().map(s -> Math.sqrt(2 / (s.negative() * s.negative() + s.positive() * s.positive())))
                .orElse(1.0);
    }

    /**
     * The two slopes of a function that is linear on each side of zero.
     *
     * @param negative f(x) / x for x &lt; 0
     * @param positive f(x) / x for x &gt; 0
     */
    record Slopes(double negative, double positive) {}
}
