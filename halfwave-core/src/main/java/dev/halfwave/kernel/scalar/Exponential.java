package dev.halfwave.kernel.scalar;

/**
 * eˣ and eˣ − 1 in single precision.
 *
 * <p>x = k·ln 2 + r with |r| ≤ ln 2 / 2 (Cody and Waite's reduction, ln 2 in two parts), eʳ = 1 + r + r²·q(r) with a
 * minimax polynomial q of degree 4, and 2ᵏ by the exponent's bits. Every product that is added to something is a fused
 * multiply-add. The vector kernels take the same steps with the same constants, which is why these are public.
 *
 * <p>Largest error over all floats: 1.1 ulp for {@link #exp}, 1.6 ulp for {@link #expm1}. Subnormal results are right
 * to one unit of theirs; infinities and NaN come out as in {@link Math}.
 *
 * @see <a href="https://doi.org/10.1137/1.9781611971811">Cody and Waite 1980</a>
 */
public final class Exponential {
    /** 1 / ln 2. */
    public static final float LOG2_E = 0x1.715476p0f;

    /** The first 20 bits of ln 2, so that its products with a small whole number are exact. */
    public static final float LN2_HIGH = 0x1.62e43p-1f;

    /** What {@link #LN2_HIGH} lacks of ln 2. */
    public static final float LN2_LOW = -0x1.05c61p-29f;

    /** Added to a float of small magnitude, it leaves the nearest whole number in the lowest bits. */
    public static final float ROUND = 0x1.8p23f;

    /** The bits of {@link #ROUND}. */
    public static final int ROUND_BITS = 0x4b400000;

    /** The polynomial q, lowest power first; the error of r²·q(r) relative to eʳ − 1 is below 1.4e-8. */
    public static final float Q0 = 0.5f;

    /** The coefficient of r in q. */
    public static final float Q1 = 0x1.5554aap-3f;

    /** The coefficient of r² in q. */
    public static final float Q2 = 0x1.555538p-5f;

    /** The coefficient of r³ in q. */
    public static final float Q3 = 0x1.122c52p-7f;

    /** The coefficient of r⁴ in q. */
    public static final float Q4 = 0x1.6cd7a8p-10f;

    /** From here on eˣ is infinite. */
    public static final float EXP_HIGHEST = 89;

    /** From here down eˣ is 0. */
    public static final float EXP_LOWEST = -104;

    /** From here down eˣ − 1 is −1. */
    public static final float EXPM1_LOWEST = -20;

    /** Below this magnitude eˣ − 1 and ln(1 + x) are x. */
    public static final float TINY = 1e-10f;

    private Exponential() {}

    /** eˣ. */
    public static float exp(float x) {
        float bounded = x > EXP_HIGHEST ? EXP_HIGHEST : x < EXP_LOWEST ? EXP_LOWEST : x;
        float shifted = Math.fma(bounded, LOG2_E, ROUND);
        float r = remainder(bounded, shifted - ROUND);
        int k = Float.floatToRawIntBits(shifted) - ROUND_BITS;
        int half = k >> 1; // 2ᵏ in two steps, as it may be out of range where its product is not
        return (expm1Reduced(r) + 1) * power(half) * power(k - half);
    }

    /** eˣ − 1, accurate near 0. */
    public static float expm1(float x) {
        if (Math.abs(x) < TINY) {
            return x;
        }
        float bounded = x > EXP_HIGHEST ? EXP_HIGHEST : x < EXPM1_LOWEST ? EXPM1_LOWEST : x;
        float shifted = Math.fma(bounded, LOG2_E, ROUND);
        float r = remainder(bounded, shifted - ROUND);
        float scale = power(Float.floatToRawIntBits(shifted) - ROUND_BITS - 1); // 2ᵏ alone would overflow at the top
        return 2 * Math.fma(scale, expm1Reduced(r), scale - 0.5f);
    }

    private static float remainder(float x, float k) {
        return Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, x));
    }

    private static float expm1Reduced(float r) {
        float q = Math.fma(Math.fma(Math.fma(Math.fma(Q4, r, Q3), r, Q2), r, Q1), r, Q0);
        return Math.fma(r * r, q, r);
    }

    private static float power(int k) {
        return Float.intBitsToFloat((k + 127) << 23);
    }
}
