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
}
