package dev.halfwave.kernel.scalar;

/**
 * The inverse of the tangent in single precision.
 *
 * <p>t + t³·p(t²) for t = |x| up to 1, with a minimax polynomial p of degree 8, and π/2 less that for t = 1/|x| above.
 *
 * <p>Largest error over all floats: 1.4 ulp.
 *
 * @see Exponential on fused multiply-adds and on why the constants are public
 */
public final class Arctangent {
    /** π/2, rounded. */
    public static final float HALF_PI = 0x1.921fb6p0f;

    /** What {@link #HALF_PI} lacks of π/2. */
    public static final float HALF_PI_REST = -0x1.777a5cp-25f;

    /** The polynomial p, lowest power first; its error relative to arctan is below 2.7e-9. */
    public static final float P0 = -0x1.55553ep-2f;

    /** The coefficient of t² in p. */
    public static final float P1 = 0x1.9991e4p-3f;

    /** The coefficient of t⁴ in p. */
    public static final float P2 = -0x1.242086p-3f;

    /** The coefficient of t⁶ in p. */
    public static final float P3 = 0x1.c08c4ep-4f;

    /** The coefficient of t⁸ in p. */
    public static final float P4 = -0x1.58091ap-4f;

    /** The coefficient of t¹⁰ in p. */
    public static final float P5 = 0x1.da29f8p-5f;

    /** The coefficient of t¹² in p. */
    public static final float P6 = -0x1.fd7dbcp-6f;

    /** The coefficient of t¹⁴ in p. */
    public static final float P7 = 0x1.642430p-7f;

    /** The coefficient of t¹⁶ in p. */
    public static final float P8 = -0x1.d35852p-10f;

    private Arctangent() {}

    /** The angle from −π/2 to π/2 whose tangent is x. */
    public static float atan(float x) {
        float size = Math.abs(x);
        boolean far = size > 1;
        float t = far ? 1 / size : size;
        float square = t * t;
        float p = Math.fma(Math.fma(Math.fma(Math.fma(P8, square, P7), square, P6), square, P5), square, P4);
        p = Math.fma(Math.fma(Math.fma(Math.fma(p, square, P3), square, P2), square, P1), square, P0);
        float angle = Math.fma(t * square, p, t);
        return Math.copySign(far ? HALF_PI + (HALF_PI_REST - angle) : angle, x);
    }
}
