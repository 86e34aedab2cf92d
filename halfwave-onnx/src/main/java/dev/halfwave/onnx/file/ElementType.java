package dev.halfwave.onnx.file;

import dev.halfwave.format.ModelFormatException;

/** The element types of ONNX tensors that Halfwave computes with. Everything is float32 once it is in a graph. */
public enum ElementType {
    FLOAT(1, 4, Kind.FLOATING),
    UINT8(2, 1, Kind.INTEGER),
    INT8(3, 1, Kind.INTEGER),
    UINT16(4, 2, Kind.INTEGER),
    INT16(5, 2, Kind.INTEGER),
    INT32(6, 4, Kind.INTEGER),
    INT64(7, 8, Kind.INTEGER),
    BOOL(9, 1, Kind.BOOLEAN),
    FLOAT16(10, 2, Kind.FLOATING),
    DOUBLE(11, 8, Kind.FLOATING),
    UINT32(12, 4, Kind.INTEGER),
    UINT64(13, 8, Kind.INTEGER),
    BFLOAT16(16, 2, Kind.FLOATING);

    private enum Kind {
        FLOATING,
        INTEGER,
        BOOLEAN
    }

    private final int code;
    private final int bytes;
    private final Kind kind;

    ElementType(int code, int bytes, Kind kind) {
        this.code = code;
        this.bytes = bytes;
        this.kind = kind;
    }

    /** The number that stands for it in files. */
    public int code() {
        return code;
    }

    /** The size of one element in raw data. */
    public int bytes() {
        return bytes;
    }

    /** Whether it is one of the floating point types. */
    public boolean isFloating() {
        return kind == Kind.FLOATING;
    }

    /** Whether it holds whole numbers. */
    public boolean isInteger() {
        return kind == Kind.INTEGER;
    }

    /** The least number that it holds; minus infinity if it is a floating point type. */
    public double least() {
        return switch (this) {
            case INT8, INT16, INT32, INT64 -> -Math.pow(2, 8 * bytes - 1);
            default -> isFloating() ? Double.NEGATIVE_INFINITY : 0;
        };
    }

    /** The greatest number that it holds, as far as double precision has it; infinity if it is a floating point type. */
    public double greatest() {
        return switch (this) {
            case BOOL -> 1;
            case INT8, INT16, INT32, INT64 -> Math.pow(2, 8 * bytes - 1) - 1;
            default -> isFloating() ? Double.POSITIVE_INFINITY : Math.pow(2, 8 * bytes) - 1;
        };
    }

    /**
     * The type that a number in a file stands for.
     *
     * @param where what messages start with
     * @throws ModelFormatException if it stands for none that Halfwave computes with
     */
    public static ElementType of(int code, String where) {
        for (ElementType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new ModelFormatException(where + ": expected an element type of numbers or booleans, received type "
                + code + "; strings, complex numbers and types below 16 bits are not supported");
    }
}
