package dev.halfwave.kernel.scalar;

/**
 * The error function in single precision.
 *
 * <p>x + x·p(x²) for |x| &lt; 0.9, with a minimax polynomial p of degree 6, and 1 − e^r(|x|) above, where the polynomial
 * r of degree 6 is a minimax fit to the logarithm of 1 − erf.
 *
 * <p>Largest error over all floats: 1.2 ulp.
 *
 * @see Exponential on fused multiply-adds and on why the constants are public
 */
public final class ErrorFunction {
    /** Below this magnitude erf is a polynomial, from here on it comes from the exponential function. */
    public static final float SPLIT = 0.9f;

    /** From this magnitude on erf is 1. */
    public static final float HIGHEST = 4;

    /** The polynomial p, lowest power first; its error relative to erf is below 9e-10. */
    public static final float P0 = 0x1.06eba8p-3f;

    /** The coefficient of x² in p. */
    public static final float P1 = -0x1.812740p-2f;

    /** The coefficient of x⁴ in p. */
    public static final float P2 = 0x1.ce2d60p-4f;

    /** The coefficient of x⁶ in p. */
    public static final float P3 = -0x1.b80062p-6f;

    /** The coefficient of x⁸ in p. */
    public static final float P4 = 0x1.543f2ap-8f;

    /** The coefficient of x¹⁰ in p. */
    public static final float P5 = -0x1.a583bcp-11f;

    /** The coefficient of x¹² in p. */
    public static final float P6 = 0x1.4d2864p-14f;

    /** The polynomial r, lowest power first; the error of 1 − eʳ relative to erf is below 1.8e-9. */
    public static final float R0 = -0x1.5d0f70p-13f;

    /** The coefficient of |x| in r. */
    public static final float R1 = -0x1.20b752p+0f;

    /** The coefficient of |x|² in r. */
    public static final float R2 = -0x1.4621bap-1f;

    /** The coefficient of |x|³ in r. */
    public static final float R3 = -0x1.aa732cp-4f;

    /** The coefficient of |x|⁴ in r. */
    public static final float R4 = 0x1.6d9d1ap-6f;

    /** The coefficient of |x|⁵ in r. */
    public static final float R5 = -0x1.91ce02p-9f;

    /** The coefficient of |x|⁶ in r. */
    public static final float R6 = 0x1.9fb5b2p-13f;

    private ErrorFunction() {}

    /** The error function. */
    public static float erf(float x) {
        float size = Math.abs(x);
        if (size < SPLIT) {
            return Math.copySign(near(size), x);
        }
        return Math.copySign(1 - Exponential.exp(exponent(size)), x);
    }

    private static float near(float size) {
        float square = size * size;
        float p = Math.fma(Math.fma(Math.fma(P6, square, P5), square, P4), square, P3);
        p = Math.fma(Math.fma(Math.fma(p, square, P2), square, P1), square, P0);
        return Math.fma(size, p, size);
    }

    private static float exponent(float size) {
        float t = size > HIGHEST ? HIGHEST : size;
        float r = Math.fma(Math.fma(Math.fma(R6, t, R5), t, R4), t, R3);
        return Math.fma(Math.fma(Math.fma(r, t, R2), t, R1), t, R0);
    }
}
