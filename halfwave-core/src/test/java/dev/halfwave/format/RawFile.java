package dev.halfwave.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Safetensors files put together by hand, right or wrong. */
final class RawFile {
    private RawFile() {}

    /** The header's true length, the header as it is, and the data. */
    static byte[] of(String header, byte... data) {
        return of(header.getBytes(StandardCharsets.UTF_8), data);
    }

    static byte[] of(byte[] header, byte... data) {
        return withLength(header.length, header, data);
    }

    /** The same with a length that may be a lie. */
    static byte[] withLength(long length, byte[] header, byte... data) {
        return ByteBuffer.allocate(8 + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .put(data)
                .array();
    }

    /** One tensor called w that has the data to itself. */
    static byte[] single(String dtype, String shape, byte... data) {
        return of(
                "{\"w\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[0," + data.length
                        + "]}}",
                data);
    }
}
