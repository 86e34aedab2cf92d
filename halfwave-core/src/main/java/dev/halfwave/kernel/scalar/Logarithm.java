package dev.halfwave.kernel.scalar;

/**
 * ln(1 + x) and ln x in single precision.
 *
 * <p>1 + x = 2ᵏ·(1 + m) with m in [−¼, ½]. The sum 1 + x only decides k; m = x·2⁻ᵏ + (2⁻ᵏ − 1) is then taken from x
 * itself, so nothing is lost near 0. ln(1 + m) = m + m²·q(m) with a minimax polynomial q of degree 8.
 *
 * <p>The logarithm of x itself splits x in the same way, after multiplying subnormal numbers by 2²⁵.
 *
 * <p>Largest error over all floats: 1.3 ulp for {@link #log1p}, 1.0 ulp for {@link #log}. −1 or 0 gives −∞, anything
 * below gives NaN.
 *
 * @see Exponential on fused multiply-adds and on why the constants are public
 */
public final class Logarithm {
    /** The bits of ¾, the least 1 + m. */
    public static final int LEAST_BITS = 0x3f400000;

    /** The bits of a float that hold sign and exponent. */
    public static final int EXPONENT_BITS = 0xff800000;

    /** The bits of 4: a quarter of 4·2⁻ᵏ is 2⁻ᵏ without leaving the normal numbers. */
    public static final int FOUR_BITS = 0x40800000;

    /** The polynomial q, lowest power first; the error of m²·q(m) relative to ln(1 + m) is below 1.6e-8. */
    public static final float Q0 = -0.5f;

    /** The coefficient of m in q. */
    public static final float Q1 = 0x1.5555acp-2f;

    /** The coefficient of m² in q. */
    public static final float Q2 = -0x1.000082p-2f;

    /** The coefficient of m³ in q. */
    public static final float Q3 = 0x1.996724p-3f;

    /** The coefficient of m⁴ in q. */
    public static final float Q4 = -0x1.54d526p-3f;

    /** The coefficient of m⁵ in q. */
    public static final float Q5 = 0x1.286d48p-3f;

    /** The coefficient of m⁶ in q. */
    public static final float Q6 = -0x1.0eb098p-3f;

    /** The coefficient of m⁷ in q. */
    public static final float Q7 = 0x1.b3815p-4f;

    /** The coefficient of m⁸ in q. */
    public static final float Q8 = -0x1.7cbb04p-5f;

    /** What makes subnormal numbers normal. */
    public static final float LIFT = 0x1p25f;

    /** The power of two that {@link #LIFT} is. */
    public static final int LIFT_POWER = 25;

    private Logarithm() {}

    /** ln(1 + x), accurate near 0. */
    public static float log1p(float x) {
        if (Math.abs(x) < Exponential.TINY || !(x < Float.POSITIVE_INFINITY)) {
            return x;
        }
        if (x <= -1) {
            return x < -1 ? Float.NaN : Float.NEGATIVE_INFINITY;
        }
        int exponent = (Float.floatToRawIntBits(x + 1) - LEAST_BITS) & EXPONENT_BITS;
        float scale = Float.intBitsToFloat(FOUR_BITS - exponent);
        float m = Float.intBitsToFloat(Float.floatToRawIntBits(x) - exponent) + Math.fma(0.25f, scale, -1);
        float k = exponent >> 23;
        return Math.fma(k, Exponential.LN2_HIGH, Math.fma(k, Exponential.LN2_LOW, log1pReduced(m)));
    }

    /** The natural logarithm. */
    public static float log(float x) {
        if (!(x > 0 && x < Float.POSITIVE_INFINITY)) {
            return x == 0 ? Float.NEGATIVE_INFINITY : x < 0 ? Float.NaN : x;
        }
        boolean subnormal = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(subnormal ? x * LIFT : x);
        int exponent = (bits - LEAST_BITS) & EXPONENT_BITS;
        float m = Float.intBitsToFloat(bits - exponent) - 1;
        float k = (exponent >> 23) - (subnormal ? LIFT_POWER : 0);
        return Math.fma(k, Exponential.LN2_HIGH, Math.fma(k, Exponential.LN2_LOW, log1pReduced(m)));
    }

    private static float log1pReduced(float m) {
        float q = Math.fma(Math.fma(Math.fma(Math.fma(Q8, m, Q7), m, Q6), m, Q5), m, Q4);
        q = Math.fma(Math.fma(Math.fma(Math.fma(q, m, Q3), m, Q2), m, Q1), m, Q0);
        return Math.fma(m * m, q, m);
    }
}
