package dev.halfwave.format;

import static dev.halfwave.format.HeaderCursor.START;
import static dev.halfwave.format.HeaderCursor.WRITTEN_WRONGLY;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the JSON at the front of a safetensors file: an object of tensors, and perhaps {@code __metadata__}.
 *
 * <p>The parser keeps no stack of its own and nests no deeper than a shape in a tensor in the header, so no header can
 * exhaust the thread's stack; {@link Header#inFileOrder} checks how the tensors lie together.
 */
final class HeaderParser {
    private static final JsonFactory JSON = JsonFactory.builder()
            // Interned names would outlive the file they came from.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(Header.MAX_BYTES)
                    .maxNestingDepth(3) // the header, a tensor, its shape
                    .maxNameLength(4 * Header.MAX_NAME) // in bytes; the cursor counts characters
                    .maxStringLength(Header.MAX_TEXT)
                    .maxNumberLength(20) // the digits of 2⁶⁴
                    .build())
            .build();

    private final HeaderCursor cursor;
    private final long dataBytes;
    private final Map<String, Header.Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private boolean metadataSeen;
    private int sealAt = -1;

    private HeaderParser(HeaderCursor cursor, long dataBytes) {
        this.cursor = cursor;
        this.dataBytes = dataBytes;
    }

    /**
     * Parses a header.
     *
     * @param json the header's bytes, padding included
     * @param dataBytes how many bytes follow the header
     * @param where the file's name, for messages
     * @throws ModelFormatException if the header is not what the format demands
     */
    static Header parse(byte[] json, long dataBytes, String where) {
        checkStart(json, where);
        checkUtf8(json, where);
        try (JsonParser parser = JSON.createParser(json)) {
            return new HeaderParser(new HeaderCursor(where, parser), dataBytes).parse(json);
        } catch (IOException e) {
            throw new UncheckedIOException(where + ": expected to read from memory without trouble, received " + e, e);
        }
    }

    /** A second byte of 0 would make Jackson read UTF-16. */
    private static void checkStart(byte[] json, String where) {
        if (json.length < 2 || json[0] != '{' || json[1] == 0) {
            String received = json.length == 0 ? "nothing" : hex(json[0]) + (json.length > 1 ? " " + hex(json[1]) : "");
            throw ModelFormatException.at(
                    where,
                    START,
                    "a JSON object, which begins with '{'",
                    received,
                    "this is not a safetensors file, or it is damaged: use another one");
        }
    }

    /** Jackson on its own lets some byte sequences pass that are not UTF-8. */
    private static void checkUtf8(byte[] json, String where) {
        ByteBuffer bytes = ByteBuffer.wrap(json);
        CharBuffer scratch = CharBuffer.allocate(8192);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result;
        do {
            scratch.clear();
            result = decoder.decode(bytes, scratch, true);
        } while (result.isOverflow());
        if (result.isError()) {
            int at = bytes.position();
            throw ModelFormatException.at(where, START + at, "UTF-8 in the header", hex(json[at]), WRITTEN_WRONGLY);
        }
    }

    private Header parse(byte[] json) throws IOException {
        try {
            parseObject();
        } catch (JacksonException e) {
            throw cursor.notJson(e);
        }
        checkPadding(json);
        return new Header(List.copyOf(entries.values()), metadata, sealAt);
    }

    private void parseObject() throws IOException {
        cursor.advance(); // to the object's start, which checkStart has seen
        while (cursor.advanceToName()) {
            String name = cursor.name();
            if (name.equals(Header.METADATA)) {
                parseMetadata();
            } else {
                checkNew(entries, name, "tensors");
                cursor.advance();
                entries.put(name, EntryParser.parse(cursor, dataBytes, name));
            }
        }
    }

    private void parseMetadata() throws IOException {
        if (metadataSeen) {
            throw cursor.refuse("one " + Header.METADATA, "a second one");
        }
        metadataSeen = true;
        cursor.advance();
        cursor.require(JsonToken.START_OBJECT, "an object for " + Header.METADATA);
        while (cursor.advanceToName()) {
            String key = cursor.name();
            if (key.equals(Seal.KEY)) {
                parseSeal();
            } else {
                checkNew(metadata, key, "metadata");
                cursor.advance();
                metadata.put(key, cursor.text("a string for metadata " + Text.quoted(key)));
            }
        }
    }

    private void parseSeal() throws IOException {
        if (sealAt >= 0) {
            throw cursor.refuse("one " + Seal.KEY, "a second one");
        }
        cursor.advance();
        String digits = cursor.text("a string for metadata " + Text.quoted(Seal.KEY));
        if (digits.length() != Seal.BLANK.length()) {
            throw cursor.refuse("64 digits for metadata " + Text.quoted(Seal.KEY), Text.quoted(digits));
        }
        sealAt = Math.toIntExact(cursor.position() - START) + 1; // after the quotation mark
    }

    private void checkNew(Map<String, ?> found, String name, String what) {
        if (found.containsKey(name)) {
            throw cursor.refuse(what + " with different names", Text.quoted(name) + " twice");
        }
        if (found.size() == Header.MAX_ENTRIES) {
            throw cursor.tooLarge("at most " + Header.MAX_ENTRIES + " " + what, "more");
        }
    }

    private void checkPadding(byte[] json) {
        for (int i = Math.toIntExact(cursor.next() - START); i < json.length; i++) {
            if (json[i] != ' ') {
                throw cursor.refuse((long) START + i, "only spaces after the header's JSON object", hex(json[i]));
            }
        }
    }

    private static String hex(byte value) {
        return String.format("0x%02x", value);
    }
}
