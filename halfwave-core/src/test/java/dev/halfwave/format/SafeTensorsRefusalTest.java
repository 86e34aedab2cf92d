package dev.halfwave.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the format, broken once, with the text that says so. */
class SafeTensorsRefusalTest {
    private static final String FOREIGN = "this is not a safetensors file, or it is damaged: use another one";
    private static final String WRONG = "the file is damaged or was written wrongly: download or export it again";
    private static final String LARGE = "this is more than Halfwave reads from one file: split it";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}{} | 0 | 10 | only spaces after the header's JSON object, received 0x7b
            {} } | 0 | 11 | only spaces after the header's JSON object, received 0x7d
            {"w"} | 0 | 12 | a header in JSON, received "Unexpected character ('}' (code 125))"
            {"w": | 0 | 13 | a header in JSON, received "Unexpected end-of-input within/between Object entries"
            {'w':{}} | 0 | 9 | a header in JSON, received "Unexpected character (''' (code 39))"
            {"w":{},} | 0 | 13 | dtype, shape and data_offsets for tensor "w", received no dtype
            {"w":nil} | 0 | 13 | a header in JSON, received "Unrecognized token 'nil'"
            {/**/} | 0 | 9 | a header in JSON, received "Unexpected character ('/' (code 47))"
            {"w":{}} | 0 | 13 | dtype, shape and data_offsets for tensor "w", received no dtype
            {"w":null} | 0 | 13 | an object with dtype, shape and data_offsets for tensor "w", received "null"
            {"w":[]} | 0 | 13 | an object with dtype, shape and data_offsets for tensor "w", received an array
            {"w":{"dtype":"F32","shape":[]}} | 0 | 13 | dtype, shape and data_offsets for tensor "w", received no data_offsets
            {"w":{"dtype":"F32","dtype":"F32"}} | 0 | 28 | one dtype for tensor "w", received a second one
            {"w":{"shape":[],"shape":[]}} | 0 | 25 | one shape for tensor "w", received a second one
            {"w":{"data_offsets":[0,0],"data_offsets":[0,0]}} | 0 | 35 | one data_offsets for tensor "w", received a second one
            {"w":{"dtype":32}} | 0 | 22 | the dtype of tensor "w", received "32"
            {"w":{"strides":[]}} | 0 | 14 | only dtype, shape and data_offsets for tensor "w", received "strides"
            {"w":{"shape":4}} | 0 | 22 | an array as the shape of tensor "w", received "4"
            {"w":{"shape":[-1]}} | 0 | 23 | sizes below 2^31 in the shape of tensor "w", received -1
            {"w":{"shape":[1.0]}} | 0 | 23 | sizes below 2^31 in the shape of tensor "w", received "1.0"
            {"w":{"shape":[[1]]}} | 0 | 24 | a header in JSON, received "Document nesting depth (4) exceeds the maximum allowed (3)"
            {"w":{"shape":["1"]}} | 0 | 23 | sizes below 2^31 in the shape of tensor "w", received "1"
            {"w":{"shape":[2147483648]}} | 0 | 23 | sizes below 2^31 in the shape of tensor "w", received 2147483648
            {"w":{"shape":[18446744073709551617]}} | 0 | 23 | sizes below 2^31 in the shape of tensor "w", received 18446744073709551617
            {"w":{"shape":[100000000000000000000000]}} | 0 | 47 | a header in JSON, received "Number value length (24) exceeds the maximum allowed (20)"
            {"w":{"data_offsets":[0]}} | 4 | 31 | two data_offsets for tensor "w", in order and within the data's 4 bytes, received the end of the array
            {"w":{"data_offsets":[0,1,2]}} | 4 | 34 | two data_offsets for tensor "w", in order and within the data's 4 bytes, received "2"
            {"w":{"data_offsets":{}}} | 4 | 29 | two data_offsets for tensor "w", in order and within the data's 4 bytes, received an object
            {"w":{"data_offsets":[2,1]}} | 4 | 32 | two data_offsets for tensor "w", in order and within the data's 4 bytes, received [2, 1]
            {"w":{"data_offsets":[0,5]}} | 4 | 32 | two data_offsets for tensor "w", in order and within the data's 4 bytes, received 5
            {"w":{"data_offsets":[0,-1]}} | 4 | 32 | two data_offsets for tensor "w", in order and within the data's 4 bytes, received -1
            {"w":{"data_offsets":[0,18446744073709551612]}} | 4 | 32 | two data_offsets for tensor "w", in order and within the data's 4 bytes, received 18446744073709551612
            {"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}} | 4 | 13 | 8 bytes for tensor "w" of F32 [2], received 4 (data_offsets [0, 4])
            {"w":{"dtype":"F32","shape":[],"data_offsets":[0,0]}} | 4 | 13 | 4 bytes for tensor "w" of F32 [], received 0 (data_offsets [0, 0])
            {"w":{"dtype":"U8","shape":[2],"data_offsets":[0,3]}} | 3 | 13 | 2 bytes for tensor "w" of U8 [2], received 3 (data_offsets [0, 3])
            {} | 4 | 8 | the tensors to cover all 4 bytes after the header, received tensors that end at offset 0
            {"w":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}} | 3 | 13 | the tensors to cover all 3 bytes after the header, received tensors that end at offset 2
            {"w":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}} | 3 | 13 | the data of tensor "w" to begin at offset 0, where the tensor before it ends, received offset 1 (a hole)
            {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}} | 3 | 65 | the data of tensor "b" to begin at offset 2, where the tensor before it ends, received offset 1 (an overlap)
            {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}} | 3 | 65 | the data of tensor "b" to begin at offset 1, where the tensor before it ends, received offset 2 (a hole)
            {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}} | 2 | 61 | tensors with different names, received "a" twice
            {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\\u0061":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}} | 2 | 61 | tensors with different names, received "a" twice
            {"\\ud800":{}} | 0 | 16 | a header in JSON, received "Broken surrogate pair in field name"
            {"a\\u0007\\n":0} | 0 | 21 | an object with dtype, shape and data_offsets for tensor "a??", received "0"
            {"__metadata__":null} | 0 | 24 | an object for __metadata__, received "null"
            {"__metadata__":{"a":1}} | 0 | 29 | a string for metadata "a", received "1"
            {"__metadata__":{"a":{}}} | 0 | 29 | a string for metadata "a", received an object
            {"__metadata__":{"a":"","a":""}} | 0 | 32 | metadata with different names, received "a" twice
            {"__metadata__":{},"__metadata__":{}} | 0 | 27 | one __metadata__, received a second one
            {"__metadata__":{"a":"\\udc00"}} | 0 | 29 | Unicode text, received "?" with half of a surrogate pair
            {"__metadata__":{"halfwave.sha256":"00"}} | 0 | 43 | 64 digits for metadata "halfwave.sha256", received "00"
            {"w":{"shape":[[[[[ | 0 | 24 | a header in JSON, received "Document nesting depth (4) exceeds the maximum allowed (3)"
            """)
    void refusesWhatBreaksTheFormat(String header, int dataBytes, int at, String expectedAndReceived) {
        refuses(header, dataBytes, at, expectedAndReceived, WRONG);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"w":{"shape":[65536,65536]}} | 0 | 34 | at most 2147483583 elements in tensor "w", received shape [65536, 65536]
            {"w":{"shape":[2147483647,2147483647,2147483647,2]}} | 0 | 57 | at most 2147483583 elements in tensor "w", received shape [2147483647, 2147483647, 2147483647, 2]
            {"w":{"shape":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}} | 0 | 55 | at most 16 axes for tensor "w", received more
            """)
    void refusesWhatExceedsALimit(String header, int dataBytes, int at, String expectedAndReceived) {
        refuses(header, dataBytes, at, expectedAndReceived, LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F8_E4M3", "f32", "", "C64", "__metadata__"})
    void refusesOtherTypes(String dtype) {
        String header = "{\"w\":{\"dtype\":\"" + dtype + "\"}}";
        String text = "one of [F32, F64, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL] as the dtype of tensor"
                + " \"w\", received \"" + dtype + "\"";
        refuses(header, 0, 22, text, "convert the tensor to F32 before saving it");
    }

    @ParameterizedTest
    @CsvSource({
        "[], 0x5b 0x5d",
        "'', nothing",
        "{, 0x7b",
        "'{\0}\0', 0x7b 0x00",
        "' {}', 0x20 0x7b",
        "\ufeff{}, 0xef 0xbb"
    })
    void refusesWhatDoesNotBeginAsAnObject(String header, String received) {
        refuses(header, 0, 8, "a JSON object, which begins with '{', received " + received, FOREIGN);
    }

    @Test
    void refusesOtherPaddingThanSpaces() {
        refuses("{}\n", 0, 10, "only spaces after the header's JSON object, received 0x0a", WRONG);
        refuses("{}  \0", 0, 12, "only spaces after the header's JSON object, received 0x00", WRONG);
    }

    @Test
    void refusesWhatIsNoText() {
        byte[] overlong = "{\"??\":{}}".getBytes(UTF_8);
        overlong[2] = (byte) 0xc0; // a second way to write '/', which UTF-8 forbids
        overlong[3] = (byte) 0xaf;
        assertThatThrownBy(() -> SafeTensors.read(RawFile.of(overlong), "m"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("m (at byte 10): expected UTF-8 in the header, received 0xc0; " + WRONG);
        String control = "a header in JSON, received \"Illegal unquoted character ((CTRL-CHAR, code 1))\"";
        refuses("{\"a\u0001\":{}}", 0, 11, control, WRONG);
    }

    @Test
    void refusesNamesThatAreTooLong() {
        String name = "n".repeat(4097);
        String shown = "names of at most 4096 characters, received \"" + "n".repeat(80) + "…\"";
        refuses("{\"" + name + "\":{}}", 0, 9, shown, LARGE);
        String longer = "a header in JSON, received \"Name length (32768) exceeds the maximum allowed (16384)\"";
        refuses("{\"" + name.repeat(20) + "\":{}}", 0, 32783, longer, WRONG);
    }

    @Test
    void refusesDeepNestingWithoutExhaustingTheStack() {
        String array = "an object with dtype, shape and data_offsets for tensor \"w\", received an array";
        refuses("{\"w\":" + "[".repeat(1_000_000), 0, 13, array, WRONG);
        String object = "only dtype, shape and data_offsets for tensor \"w\", received \"a\"";
        refuses("{\"w\":" + "{\"a\":".repeat(1_000_000), 0, 14, object, WRONG);
        String depth = "a header in JSON, received \"Document nesting depth (4) exceeds the maximum allowed (3)\"";
        refuses("{\"w\":{\"shape\":" + "[".repeat(1_000_000), 0, 24, depth, WRONG);
    }

    @Test
    void refusesMoreTensorsThanItsLimit() {
        StringBuilder header = new StringBuilder("{\"w\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
        for (int i = 1; i < 100_000; i++) {
            header.append(",\"").append(i).append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        assertThat(SafeTensors.read(RawFile.of(header + "}"), "m").tensors()).hasSize(100_000);
        int at = 8 + header.length() + 1;
        refuses(header + ",\"one more\":{}}", 0, at, "at most 100000 tensors, received more", LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "100000001, 100000001",
        "2147483648, 2147483648",
        "9223372036854775807, 9223372036854775807",
        "-1, 18446744073709551615"
    })
    void refusesAHeaderLengthThatLies(long length, String shown) {
        assertThatThrownBy(() -> SafeTensors.read(RawFile.withLength(length, new byte[0]), "m"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("m (at byte 0): expected a header length of at most 0, received " + shown
                        + "; this is not a safetensors file, or it is cut off or damaged: download or export it again");
    }

    @Test
    void refusesAHeaderBeyondTheFormatsLimit(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("long");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(RawFile.withLength(100_000_001, new byte[0]));
            sparse.setLength(1L << 30);
        }
        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(
                        file + " (at byte 0): expected a header length of at most 100000000, received 100000001; ");
    }

    private static void refuses(String header, int dataBytes, int at, String expectedAndReceived, String advice) {
        byte[] file = RawFile.of(header, new byte[dataBytes]);
        assertThatThrownBy(() -> SafeTensors.read(file, "m"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("m (at byte " + at + "): expected " + expectedAndReceived + "; " + advice);
    }
}
