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
public interface Activation {

    /** The field's name for it in lower case, as in {@code leaky-relu}. */
    String name();

    /** The name followed by the parameters, as in {@code leaky-relu(0.01)}; {@link Activations#of} reads it back. */
    default String spec() {
        return name();
    }

    /** f as a formula of x. */
    Formula value();

    /** f′ as a formula of x, or of y alone where that is possible: then the input need not be kept for backward. */
    Formula derivative();

    /** f as people write it, where they do not write it as it is computed. */
    default String formula() {
        return value().text();
    }

    /** f′ as people write it. */
    default String derivativeFormula() {
        return derivative().text();
    }

    /** All values that f takes; where f jumps, the smallest interval that holds them. */
    Interval range();

    /** All values that f′ takes. */
    Interval derivativeRange();

    /** Whether f never falls. */
    boolean monotone();

    /** Where f itself jumps, in rising order; none if f is continuous. */
    default List<Double> jumps() {
        return List.of();
    }

    /** Where f′ jumps, in rising order; none if f is smooth. */
    default List<Double> kinks() {
        return List.of();
    }

    /** Whether f(f(x)) = f(x). */
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

    /** Who described it, and where. */
    String source();

    /** Whether f(s·x) = s·f(x) for every s ≥ 0. */
    default boolean positivelyHomogeneous() {
        return slopes().isPresent();
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
