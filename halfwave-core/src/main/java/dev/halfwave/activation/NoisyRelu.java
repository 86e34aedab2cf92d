package dev.halfwave.activation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * f(x) = max(0, x + n), where training draws n from the normal distribution with mean 0 and variance σ(x).
 *
 * <p>It stands for a sum of many logistic units that are on or off at random. As a function, and in use, it is the
 * rectifier without noise.
 *
 * @see <a href="https://www.cs.toronto.edu/~hinton/absps/reluICML.pdf">Nair and Hinton 2010, section 2</a>
 */
public record NoisyRelu() implements Activation {
    @Override
    public String name() {
        return "noisy-relu";
    }

    @Override
    public Formula value() {
        return new Relu().value();
    }

    @Override
    public Formula derivative() {
        return new Relu().derivative();
    }

    @Override
    public String formula() {
        return "max(0, x), in training max(0, x + n) for n ~ N(0, σ(x))";
    }

    @Override
    public Interval range() {
        return new Relu().range();
    }

    @Override
    public Interval derivativeRange() {
        return new Relu().derivativeRange();
    }

    @Override
    public boolean monotone() {
        return true;
    }

    @Override
    public List<Double> kinks() {
        return new Relu().kinks();
    }

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public Optional<Slopes> slopes() {
        return new Relu().slopes();
    }

    @Override
    public OptionalDouble lowerAsymptote() {
        return new Relu().lowerAsymptote();
    }

    @Override
    public String source() {
        return "Nair and Hinton 2010";
    }
}
