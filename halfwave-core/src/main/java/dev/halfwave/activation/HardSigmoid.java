package dev.halfwave.activation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * f(x) = min(max(0, alpha · x + beta), 1): the logistic function made of three straight lines. Its derivative is alpha
 * between the kinks and 0 elsewhere; at the kinks it is taken as 0.
 *
 * <p>The usual parameters are those of ONNX and Theano; {@code hard-sigmoid(0.16666666666666666, 0.5)}, a third of
 * {@link HardSwish}, is what PyTorch and newer versions of Keras call by this name.
 *
 * @param alpha the slope in the middle, above 0; 0.2 by default
 * @param beta the value at 0; 0.5 by default
 * @see <a href="https://arxiv.org/abs/1511.00363">Courbariaux, Bengio and David 2015</a>
 */
public record HardSigmoid(double alpha, double beta) implements Activation {
    /** @throws IllegalArgumentException if alpha is not above 0 or beta not finite */
    public HardSigmoid {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY && Double.isFinite(beta))) {
            throw new IllegalArgumentException("hard-sigmoid: expected an alpha above 0 and a finite beta, received "
                    + alpha + " and " + beta + "; 0.2 and 0.5 are usual");
        }
    }

    /** The usual alpha of 0.2 and beta of 0.5. */
    public HardSigmoid() {
        this(0.2, 0.5);
    }

    @Override
    public String name() {
        return "hard-sigmoid";
    }

    @Override
    public String spec() {
        return name() + "(" + alpha + ", " + beta + ")";
    }

    @Override
    public Formula value() {
        return Formula.x().times(alpha).plus(beta).max(0).min(1);
    }

    @Override
    public Formula derivative() {
        Formula y = Formula.y();
        Formula inside = y.times(Formula.constant(1).minus(y));
        return Formula.select(inside, Formula.constant(alpha), Formula.constant(0));
    }

    @Override
    public Interval range() {
        return Interval.closed(0, 1);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(0, alpha);
    }

    @Override
    public boolean monotone() {
        return true;
    }

    @Override
    public List<Double> kinks() {
        return List.of(-beta / alpha, (1 - beta) / alpha);
    }

    @Override
    public boolean idempotent() {
        return alpha == 1 && beta == 0;
    }

    @Override
    public OptionalDouble lowerAsymptote() {
        return OptionalDouble.of(0);
    }

    @Override
    public OptionalDouble upperAsymptote() {
        return OptionalDouble.of(1);
    }

    @Override
    public String source() {
        return "Courbariaux, Bengio and David 2015";
    }
}
