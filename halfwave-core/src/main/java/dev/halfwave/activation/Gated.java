package dev.halfwave.activation;

/**
 * What functions of the form x · g(x) share, whose gate g shuts on the left so firmly that x · g(x) vanishes there.
 *
 * <p>−∞ · 0 is not a number, though the function has a limit. So x is cut off where g is 0 in double precision, too.
 */
final class Gated {
    /** The greatest slope of z · σ(z), at z = 2.3994; the least, at −2.3994, is 1 minus this. */
    static final double STEEPEST = 1.099839320128867;

    private static final double SHUT = 1e6;

    private Gated() {}

    /** x, cut off far to the left. */
    static Formula silenced() {
        return silenced(1);
    }

    /** The same for a gate that is a function of beta · x. */
    static Formula silenced(double beta) {
        return Formula.x().max(-SHUT / beta);
    }

    /** x, cut off far to both sides. */
    static Formula bounded() {
        return bounded(1);
    }

    /** The same for a gate that is a function of beta · x. */
    static Formula bounded(double beta) {
        return silenced(beta).min(SHUT / beta);
    }

    /** The derivative of z · σ(z): σ(z) · (1 + z · (1 − σ(z))). */
    static Formula slope(Formula z) {
        Formula share = z.apply(Formula.Function.SIGMOID);
        return share.times(z.times(Formula.constant(1).minus(share)).plus(1));
    }
}
