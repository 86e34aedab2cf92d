package dev.halfwave.format;

import com.fasterxml.jackson.core.JsonToken;
import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Parses one tensor's description, and checks what it says on its own. */
final class EntryParser {
    private final HeaderCursor cursor;
    private final long dataBytes;
    private final String name;
    private final String tensor;
    private @Nullable ElementType type;
    private @Nullable Shape shape;
    private long @Nullable [] offsets;

    private EntryParser(HeaderCursor cursor, long dataBytes, String name) {
        this.cursor = cursor;
        this.dataBytes = dataBytes;
        this.name = name;
        this.tensor = "tensor " + Text.quoted(name);
    }

    /**
     * Parses the object at the cursor.
     *
     * @param dataBytes how many bytes follow the header
     * @param name the tensor's name
     */
    static Header.Entry parse(HeaderCursor cursor, long dataBytes, String name) throws IOException {
        return new EntryParser(cursor, dataBytes, name).parse();
    }

    private Header.Entry parse() throws IOException {
        cursor.require(JsonToken.START_OBJECT, "an object with dtype, shape and data_offsets for " + tensor);
        long at = cursor.position();
        while (cursor.advanceToName()) {
            String field = cursor.name();
            switch (field) {
                case "dtype" -> type = parseType(type);
                case "shape" -> shape = parseShape(shape);
                case "data_offsets" -> offsets = parseOffsets(offsets);
                default -> throw cursor.refuse("only dtype, shape and data_offsets for " + tensor, Text.quoted(field));
            }
        }
        return entry(at);
    }

    private Header.Entry entry(long at) {
        if (type == null || shape == null || offsets == null) {
            String missing = type == null ? "dtype" : shape == null ? "shape" : "data_offsets";
            throw cursor.refuse(at, "dtype, shape and data_offsets for " + tensor, "no " + missing);
        }
        long bytes = (long) shape.elements() * type.bytes();
        long covered = offsets[1] - offsets[0];
        if (covered != bytes) {
            String received = covered + " (data_offsets " + Arrays.toString(offsets) + ")";
            throw cursor.refuse(at, bytes + " bytes for " + tensor + " of " + type + " " + shape, received);
        }
        return new Header.Entry(name, type, shape, offsets[0], offsets[1], at);
    }

    private ElementType parseType(@Nullable ElementType before) throws IOException {
        refuseSecond(before, "dtype");
        cursor.advance();
        String text = cursor.text("the dtype of " + tensor);
        for (ElementType known : ElementType.values()) {
            if (known.name().equals(text)) {
                return known;
            }
        }
        String expected = "one of " + Arrays.toString(ElementType.values()) + " as the dtype of " + tensor;
        throw cursor.unsupported(expected, Text.quoted(text), "convert the tensor to F32 before saving it");
    }

    private Shape parseShape(@Nullable Shape before) throws IOException {
        refuseSecond(before, "shape");
        cursor.advance();
        cursor.require(JsonToken.START_ARRAY, "an array as the shape of " + tensor);
        int[] sizes = new int[Header.MAX_AXES];
        int rank = 0;
        while (cursor.advanceToElement()) {
            if (rank == Header.MAX_AXES) {
                throw cursor.tooLarge("at most " + Header.MAX_AXES + " axes for " + tensor, "more");
            }
            sizes[rank++] = (int) cursor.wholeNumber(Integer.MAX_VALUE, "sizes below 2^31 in the shape of " + tensor);
        }
        return shapeOf(Arrays.copyOf(sizes, rank));
    }

    private Shape shapeOf(int[] sizes) {
        try {
            return Shape.of(sizes);
        } catch (IllegalArgumentException e) { // more elements than one Java array holds
            String most = "at most " + (Integer.MAX_VALUE - 64) + " elements in " + tensor;
            throw cursor.tooLarge(most, "shape " + Arrays.toString(sizes));
        }
    }

    private long[] parseOffsets(long @Nullable [] before) throws IOException {
        refuseSecond(before, "data_offsets");
        String wanted = "two data_offsets for " + tensor + ", in order and within the data's " + dataBytes + " bytes";
        cursor.advance();
        cursor.require(JsonToken.START_ARRAY, wanted);
        cursor.advance();
        long begin = cursor.wholeNumber(dataBytes, wanted);
        cursor.advance();
        long end = cursor.wholeNumber(dataBytes, wanted);
        if (end < begin) {
            throw cursor.refuse(wanted, "[" + begin + ", " + end + "]");
        }
        cursor.advance();
        cursor.require(JsonToken.END_ARRAY, wanted);
        return new long[] {begin, end};
    }

    private void refuseSecond(@Nullable Object before, String field) {
        if (before != null) {
            throw cursor.refuse("one " + field + " for " + tensor, "a second one");
        }
    }
}
