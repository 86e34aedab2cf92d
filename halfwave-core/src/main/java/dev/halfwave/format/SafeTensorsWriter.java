package dev.halfwave.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.halfwave.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Lays {@link SafeTensors} out as the bytes of a file. */
final class SafeTensorsWriter {
    private static final int CHUNK = 1 << 16;

    private final SafeTensors content;
    private final byte[] head;

    /**
     * Prepares the header, and for a sealed file goes through all data to take the sum.
     *
     * @throws IllegalArgumentException if the header would exceed the format's limit
     */
    SafeTensorsWriter(SafeTensors content, boolean sealed) {
        this.content = content;
        try {
            this.head = head(json(sealed));
            if (sealed) {
                seal();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "safetensors: expected to write to memory without trouble, received " + e, e);
        }
    }

    /** Writes the whole file. */
    void writeTo(OutputStream out) throws IOException {
        out.write(head);
        writeData(out);
    }

    private void seal() throws IOException {
        // The seal is the first of the metadata, and metadata come first, so the first 64 zeros are its own.
        int at = new String(head, StandardCharsets.ISO_8859_1).indexOf(Seal.BLANK);
        Seal seal = new Seal();
        writeTo(seal.sink());
        Seal.stamp(head, at, seal.hex());
    }

    private byte[] json(boolean sealed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            if (sealed || !content.metadata().isEmpty()) {
                writeMetadata(json, sealed);
            }
            long offset = 0;
            for (Map.Entry<String, Tensor> entry : content.tensors().entrySet()) {
                Tensor tensor = entry.getValue();
                long end = offset + (long) Float.BYTES * tensor.data().length;
                json.writeObjectFieldStart(entry.getKey());
                json.writeStringField("dtype", ElementType.F32.name());
                json.writeFieldName("shape");
                json.writeArray(tensor.shape().sizes(), 0, tensor.shape().rank());
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {offset, end}, 0, 2);
                json.writeEndObject();
                offset = end;
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private void writeMetadata(JsonGenerator json, boolean sealed) throws IOException {
        json.writeObjectFieldStart(Header.METADATA);
        if (sealed) {
            json.writeStringField(Seal.KEY, Seal.BLANK);
        }
        for (Map.Entry<String, String> entry : content.metadata().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    /** The length and the JSON, padded so that the data begin at a multiple of 8 bytes. */
    private static byte[] head(byte[] json) {
        int padded = (json.length + 7) / 8 * 8;
        if (padded > Header.MAX_BYTES) {
            throw new IllegalArgumentException("safetensors: expected a header of at most " + Header.MAX_BYTES
                    + " bytes, received " + padded + "; use fewer tensors, or shorter names and metadata");
        }
        byte[] head = new byte[HeaderCursor.START + padded];
        Arrays.fill(head, (byte) ' ');
        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
        return head;
    }

    private void writeData(OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (Tensor tensor : content.tensors().values()) {
            float[] data = tensor.data();
            int step = CHUNK / Float.BYTES;
            for (int i = 0; i < data.length; i += step) {
                int count = Math.min(step, data.length - i);
                chunk.asFloatBuffer().put(data, i, count);
                out.write(chunk.array(), 0, count * Float.BYTES);
            }
        }
    }
}
