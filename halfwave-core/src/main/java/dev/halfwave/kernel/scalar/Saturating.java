package dev.halfwave.kernel.scalar;

/**
 * The two functions that saturate on both sides, in single precision: tanh x and 1 / (1 + e⁻ˣ).
 *
 * <p>The hyperbolic tangent is x + x³·p(x²) for |x| &lt; 0.55, with a minimax polynomial p of degree 4, and
 * 1 − 2 / (e²ˣ + 1) above; the logistic function is 1 / (1 + z) or z / (1 + z) with z = e^−|x|, which neither overflows
 * nor loses small values.
 *
 * <p>Largest error over all floats: 1.5 ulp for {@link #tanh}, 2.5 ulp for {@link #sigmoid}.
 *
 * @see Exponential on fused multiply-adds and on why the constants are public
 */
public final class Saturating {
    /** Below this magnitude tanh is a polynomial, from here on it comes from the exponential function. */
    public static final float SPLIT = 0.55f;

    /** The polynomial p, lowest power first; its error relative to tanh is below 1.2e-9. */
    public static final float P0 = -0x1.55554ap-2f;

    /** The coefficient of x² in p. */
    public static final float P1 = 0x1.110ceep-3f;

    /** The coefficient of x⁴ in p. */
    public static final float P2 = -0x1.b91e7ep-5f;

    /** The coefficient of x⁶ in p. */
    public static final float P3 = 0x1.58e518p-6f;

    /** The coefficient of x⁸ in p. */
    public static final float P4 = -0x1.9921a2p-8f;

    private Saturating() {}

    /** The hyperbolic tangent. */
    public static float tanh(float x) {
        float size = Math.abs(x);
        if (size < SPLIT) {
            float square = x * x;
            float p = Math.fma(Math.fma(Math.fma(Math.fma(P4, square, P3), square, P2), square, P1), square, P0);
            return Math.copySign(Math.fma(size * square, p, size), x);
        }
        return Math.copySign(1 - 2 / (Exponential.exp(2 * size) + 1), x);
    }

    /** 1 / (1 + e⁻ˣ). */
    public static float sigmoid(float x) {
        float z = Exponential.exp(-Math.abs(x));
        return (x < 0 ? z : 1) / (1 + z);
    }
}
