package dev.halfwave.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementTypeTest {
    @ParameterizedTest
    @CsvSource({
        "F32, 0000803f, 1",
        "F64, 000000000000f0bf, -1",
        "F64, 9a9999999999b93f, 0.1",
        "F64, 000000000000f07f, Infinity",
        "F64, 0100000000000000, 0",
        "F16, 003c, 1",
        "F16, 0080, -0.0",
        "F16, 0100, 5.9604645e-8",
        "F16, ff7b, 65504",
        "F16, 00fc, -Infinity",
        "BF16, 803f, 1",
        "BF16, 80ff, -Infinity",
        "BF16, 0100, 9.183549615799121e-41",
        "I8, 80, -128",
        "U8, 80, 128",
        "I16, 0080, -32768",
        "U16, 0080, 32768",
        "I32, ffffffff, -1",
        "I32, 00000080, -2147483648",
        "I32, 00000001, 16777216",
        "U32, 00000080, 2147483648",
        "U32, 00ffffff, 4294967040",
        "I64, ffffffffffffffff, -1",
        "I64, 0000000000000080, -9223372036854775808",
        "I64, ffffff0000000000, 16777215",
        "U64, 0000000000000080, 9223372036854775808",
        "U64, 0000000000ffffff, 18446742974197923840",
        "U64, 0000000000000000, 0",
        "BOOL, 00, 0",
        "BOOL, 01, 1",
    })
    void widens(String dtype, String hex, float value) {
        float[] data = read(dtype, hex);
        assertThat(data).hasSize(1);
        assertThat(Float.floatToIntBits(data[0])).isEqualTo(Float.floatToIntBits(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "I32|01000001|expected an integer that float32 holds exactly, received 16777217",
                "I32|ffffff7f|expected an integer that float32 holds exactly, received 2147483647",
                "I64|ffffffffffffff7f|expected an integer that float32 holds exactly, received 9223372036854775807",
                "I64|fffffffffffffffe|expected an integer that float32 holds exactly, received -72057594037927937",
                "U64|ffffffffffffffff|expected an integer that float32 holds exactly, received 18446744073709551615",
                "U32|ffffffff|expected an integer that float32 holds exactly, received 4294967295",
                "F64|9c7500883ce4377e|expected a value within float32's range, received 1.0E300",
                "BOOL|02|expected 0 or 1 for a BOOL, received 2",
                "BOOL|ff|expected 0 or 1 for a BOOL, received 255",
            })
    void refusesWhatFloat32CannotHold(String dtype, String hex, String message) {
        assertThatThrownBy(() -> read(dtype, hex))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith("memory (at byte %d, in tensor \"w\"): %s; ", header(dtype, 1), message);
    }

    @Test
    void saysWhichValueItRefused() {
        byte[] values = new byte[40_000];
        values[33_333] = 3; // in the first chunk of a BOOL, and behind the first of an I32
        assertThatThrownBy(() -> SafeTensors.read(RawFile.single("BOOL", "[40000]", values), "memory"))
                .hasMessageStartingWith("memory (at byte %d, in tensor", 33_333 + header("BOOL", 40_000));
        ByteBuffer wide = ByteBuffer.allocate(400_000).order(ByteOrder.LITTLE_ENDIAN);
        wide.putInt(4 * 77_777, (1 << 24) + 1);
        assertThatThrownBy(() -> SafeTensors.read(RawFile.single("I32", "[100000]", wide.array()), "memory"))
                .hasMessageStartingWith("memory (at byte %d, in tensor", 4 * 77_777 + header("I32", 100_000));
    }

    @Test
    void widensEveryHalf() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float half = Float16.toFloat((short) bits);
            int exponent = (bits >> 10) & 31;
            double sign = bits < 1 << 15 ? 1 : -1;
            double fraction = (bits & 1023) / 1024.0;
            if (exponent < 31) {
                double value =
                        exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
                assertThat((double) half).as("bits %x", bits).isEqualTo(sign * value);
            } else if (fraction == 0) {
                assertThat((double) half).as("bits %x", bits).isEqualTo(sign * Double.POSITIVE_INFINITY);
            } else {
                assertThat(half).as("bits %x", bits).isNaN();
            }
        }
    }

    @Test
    void knowsWhatItHoldsExactlyAroundTheLimit() {
        long limit = 1L << 24;
        for (long value = limit - 4; value <= limit + 4; value++) {
            boolean exact = (long) (float) value == value;
            String hex = String.format("%016x", Long.reverseBytes(value));
            if (exact) {
                assertThat(read("I64", hex)).containsExactly((float) value);
            } else {
                assertThatThrownBy(() -> read("I64", hex)).isInstanceOf(ModelFormatException.class);
            }
        }
    }

    private static float[] read(String dtype, String hex) {
        byte[] data = HexFormat.of().parseHex(hex);
        return SafeTensors.read(RawFile.single(dtype, "[1]", data), "memory")
                .tensors()
                .get("w")
                .data();
    }

    /** Where the data of {@link RawFile#single} begin. */
    private static int header(String dtype, int count) {
        byte[] data = new byte[count * ElementType.valueOf(dtype).bytes()];
        return RawFile.single(dtype, "[" + count + "]", data).length - data.length;
    }
}
