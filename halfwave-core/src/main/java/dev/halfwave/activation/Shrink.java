package dev.halfwave.activation;

import java.util.List;

/**
 * f(x) = x − bias for x &gt; lambd, x + bias for x &lt; −lambd, 0 between: small signals are taken for noise. A bias of 0
 * makes it the hard threshold, one of lambd the soft one.
 *
 * @param lambd the threshold, above 0; 0.5 by default
 * @param bias what larger signals lose; 0 by default
 * @see <a href="https://doi.org/10.1093/biomet/81.3.425">Donoho and Johnstone 1994</a>
 */
public record Shrink(double lambd, double bias) implements Activation {
    /** @throws IllegalArgumentException if lambd is not above 0 or bias not finite */
    public Shrink {
        if (!(lambd > 0 && lambd < Double.POSITIVE_INFINITY && Double.isFinite(bias))) {
            throw new IllegalArgumentException("shrink: expected a lambd above 0 and a finite bias, received " + lambd
                    + " and " + bias + "; 0.5 and 0 are usual");
        }
    }

    /** The usual lambd of 0.5 and bias of 0. */
    public Shrink() {
        this(0.5, 0);
    }

    @Override
    public String name() {
        return "shrink";
    }

    @Override
    public String spec() {
        return name() + "(" + lambd + ", " + bias + ")";
    }

    @Override
    public Formula value() {
        Formula x = Formula.x();
        Formula left = x.apply(Formula.Function.NEGATE).minus(lambd);
        return Formula.select(x.minus(lambd), x.minus(bias), Formula.select(left, x.plus(bias), Formula.zero()));
    }

    @Override
    public Formula derivative() {
        Formula outside = Formula.x().apply(Formula.Function.ABS).minus(lambd);
        return Formula.select(outside, Formula.constant(1), Formula.constant(0));
    }

    @Override
    public Interval range() {
        return Interval.ALL;
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(0, 1);
    }

    @Override
    public boolean monotone() {
        return bias <= lambd;
    }

    @Override
    public List<Double> kinks() {
        return List.of(-lambd, lambd);
    }

    @Override
    public List<Double> jumps() {
        return bias == lambd ? List.of() : List.of(-lambd, lambd);
    }

    @Override
    public boolean idempotent() {
        return bias == 0;
    }

    @Override
    public String source() {
        return "Donoho and Johnstone 1994";
    }
}
