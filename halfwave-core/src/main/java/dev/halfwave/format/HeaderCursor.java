package dev.halfwave.format;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** A place in a header's JSON: reads values of the wanted kind, and refuses others with their position in the file. */
final class HeaderCursor {
    /** Where the JSON begins in a file: after the eight bytes of its length. */
    static final int START = 8;

    /** What to do about a file that breaks the format's rules. */
    static final String WRITTEN_WRONGLY = "the file is damaged or was written wrongly: download or export it again";

    private static final String TOO_LARGE = "this is more than Halfwave reads from one file: split it";

    private final String where;
    private final JsonParser parser;

    HeaderCursor(String where, JsonParser parser) {
        this.where = where;
        this.parser = parser;
    }

    /** Where the current token begins in the file. */
    long position() {
        return START + parser.currentTokenLocation().getByteOffset();
    }

    /** Where the next token would be looked for in the file. */
    long next() {
        return START + parser.currentLocation().getByteOffset();
    }

    /** Moves to the value after a name, or to the next value of an array. */
    void advance() throws IOException {
        parser.nextToken();
    }

    /** Moves to an object's next name; false at the object's end. */
    boolean advanceToName() throws IOException {
        return parser.nextToken() == JsonToken.FIELD_NAME;
    }

    /** Moves to an array's next value; false at the array's end. */
    boolean advanceToElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** The current name, of a tensor, a metadata key or a field. */
    String name() throws IOException {
        String name = wellFormed(parser.currentName());
        if (name.length() > Header.MAX_NAME) {
            throw tooLarge("names of at most " + Header.MAX_NAME + " characters", Text.quoted(name));
        }
        return name;
    }

    /** The current value, which has to be a string. */
    String text(String wanted) throws IOException {
        require(JsonToken.VALUE_STRING, wanted);
        return wellFormed(parser.getText());
    }

    /** The current value, which has to be an integer from 0 to {@code most}. */
    long wholeNumber(long most, String wanted) throws IOException {
        require(JsonToken.VALUE_NUMBER_INT, wanted);
        boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!fits || parser.getLongValue() < 0 || parser.getLongValue() > most) {
            throw refuse(wanted, parser.getText());
        }
        return parser.getLongValue();
    }

    /** Refuses the current value unless it is of the given kind. */
    void require(JsonToken token, String wanted) throws IOException {
        JsonToken received = parser.currentToken();
        if (received != token) {
            throw refuse(wanted, received.isScalarValue() ? Text.quoted(parser.getText()) : describe(received));
        }
    }

    /** The refusal of what stands at the current token. */
    ModelFormatException refuse(String expected, String received) {
        return refuse(position(), expected, received);
    }

    /** The refusal of what stands at a position of the file. */
    ModelFormatException refuse(long at, String expected, String received) {
        return ModelFormatException.at(where, at, expected, received, WRITTEN_WRONGLY);
    }

    /** The refusal of what the format allows, at the current token, with advice. */
    ModelFormatException unsupported(String expected, String received, String advice) {
        return ModelFormatException.at(where, position(), expected, received, advice);
    }

    /** The refusal of what exceeds a limit of Halfwave's own, at the current token. */
    ModelFormatException tooLarge(String expected, String received) {
        return unsupported(expected, received, TOO_LARGE);
    }

    /** The refusal of what Jackson refused. Of its text only the finding is kept, not its guesses. */
    ModelFormatException notJson(JacksonException e) {
        JsonLocation found = e.getLocation();
        long at = found == null || found.getByteOffset() < 0 ? next() : START + found.getByteOffset();
        String finding = e.getOriginalMessage().replaceFirst("(?s): .*", "").replaceAll(", from `[^`]*`", "");
        String text = where + " (at byte " + at + "): expected a header in JSON, received " + Text.quoted(finding);
        return new ModelFormatException(text + "; " + WRITTEN_WRONGLY, e);
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            default -> "the end of the array";
        };
    }

    /** JSON's escapes can spell half of a surrogate pair, which is no text and could not be written again. */
    private String wellFormed(String text) {
        if (!Text.isWellFormed(text)) {
            throw refuse("Unicode text", Text.quoted(text) + " with half of a surrogate pair");
        }
        return text;
    }
}
