package dev.halfwave.format;

/** Numbers of 16 bits as in IEEE 754 (binary16): 1 sign bit, 5 exponent bits with bias 15, 10 fraction bits. */
public final class Float16 {
    private Float16() {}

    /** The same number in 32 bits; NaN and infinities stay what they are. */
    public static float toFloat(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) { // zeros and subnormals: fraction · 2⁻²⁴, which float32 holds as a normal number
            return Float.intBitsToFloat(Float.floatToRawIntBits(fraction * 0x1p-24f) | sign);
        }
        int widened = exponent == 31 ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
    }

    /** The nearest number of 16 bits, of two as near the one that is even; infinite beyond 65,504. */
    public static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude >= 65_520) { // half a step above the largest number
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x1p-14f) { // subnormal: a whole number of steps of 2⁻²⁴
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24f));
        }
        int kept = bits & 0x7fffffff;
        int rounded = kept + 0xfff + (kept >>> 13 & 1);
        return (short) (sign | (rounded >>> 13) - (112 << 10));
    }
}
