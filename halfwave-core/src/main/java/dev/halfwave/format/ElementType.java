package dev.halfwave.format;

import java.nio.ByteBuffer;

/**
 * The element types of safetensors that float32 can hold, and how each becomes one.
 *
 * <p>F32, F16 and BF16 convert exactly, NaN and infinities included. F64 is rounded to the nearest float32; a finite
 * value beyond float32's range is refused. Integers are exact or refused: they count or index, and a rounded index is a
 * wrong one. BOOL becomes 0 or 1.
 */
enum ElementType {
    F32(4),
    F64(8),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** The size of one element in the file. */
    int bytes() {
        return bytes;
    }

    /**
     * Converts the next {@code count} elements.
     *
     * @param from little-endian bytes; its position moves past what was read
     * @param to receives the values from index {@code start} on
     * @throws ArithmeticException if a value has no float32, with the text "expected …, received …; …"; the buffer's
     *     position then stands right after that value
     */
    void decode(ByteBuffer from, float[] to, int start, int count) {
        if (this == F32) {
            // In bulk, because it is the common case and because it keeps the payload of every NaN.
            from.asFloatBuffer().get(to, start, count);
            from.position(from.position() + count * bytes);
            return;
        }
        for (int i = start; i < start + count; i++) {
            to[i] = next(from);
        }
    }

    private float next(ByteBuffer from) {
        return switch (this) {
            case F32 -> from.getFloat();
            case F64 -> nearest(from.getDouble());
            case F16 -> Float16.toFloat(from.getShort());
            case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
            case I64 -> signed(from.getLong());
            case I32 -> signed(from.getInt());
            case I16 -> from.getShort();
            case I8 -> from.get();
            case U64 -> whole(false, from.getLong());
            case U32 -> whole(false, Integer.toUnsignedLong(from.getInt()));
            case U16 -> Short.toUnsignedInt(from.getShort());
            case U8 -> Byte.toUnsignedInt(from.get());
            case BOOL -> bool(from.get());
        };
    }

    private static float nearest(double value) {
        float rounded = (float) value;
        if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
            throw new ArithmeticException("expected a value within float32's range, received " + value
                    + "; scale the tensor or clip it before saving it");
        }
        return rounded;
    }

    private static float signed(long value) {
        return whole(value < 0, value < 0 ? -value : value); // -2⁶³ negated is itself: as an unsigned number, 2⁶³
    }

    private static float whole(boolean negative, long magnitude) {
        int significant = Long.SIZE - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude);
        if (significant > 24) { // float32 has 24 significant bits
            throw new ArithmeticException("expected an integer that float32 holds exactly, received "
                    + (negative ? "-" : "") + Long.toUnsignedString(magnitude)
                    + "; save the tensor as F32 if rounding is acceptable, or leave it out");
        }
        // With the top bit set, 24 significant bits leave the lowest 40 empty.
        float value = magnitude >= 0 ? (float) magnitude : (float) (magnitude >>> 40) * 0x1p40f;
        return negative ? -value : value;
    }

    private static float bool(byte value) {
        if (value != 0 && value != 1) {
            throw new ArithmeticException("expected 0 or 1 for a BOOL, received " + Byte.toUnsignedInt(value)
                    + "; the file is damaged or was written wrongly: export it again");
        }
        return value;
    }
}
