package dev.halfwave.kernel;

/**
 * Normally distributed numbers from random bits: the number below which a standard normal one lies with the probability
 * that the bits stand for.
 *
 * <p>32 bits are {@code p = (bits + ½) / 2³²}, so results lie between −6.34 and 6.34; {@code p ↦ z} rises, is odd around
 * p = ½, and is off by less than 1e-7 of z. The arithmetic is the same on every machine.
 *
 * @see <a href="https://doi.org/10.2307/2347330">Wichura 1988, algorithm AS 241, routine PPND7</a>
 */
public final class NormalQuantile {
    /** How far p is from ½ where another quotient takes over. */
    private static final double MIDDLE = 0.425;

    private NormalQuantile() {}

    /** The standard normal number of 32 random bits. */
    public static double of(int bits) {
        double p = (Integer.toUnsignedLong(bits) + 0.5) * 0x1p-32;
        double q = p - 0.5;
        if (Math.abs(q) <= MIDDLE) {
            return q * middle(MIDDLE * MIDDLE - q * q);
        }
        double tail = tail(Math.sqrt(-StrictMath.log(Math.min(p, 1 - p))) - 1.6);
        return q < 0 ? -tail : tail;
    }

    private static double middle(double r) {
        return (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
                / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1);
    }

    private static double tail(double r) {
        return (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
                / ((0.12021132975 * r + 0.73700164250) * r + 1);
    }
}
