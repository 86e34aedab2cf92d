package dev.halfwave.nn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A list of strings as a JSON array. */
public final class JsonStrings {
    private JsonStrings() {}

    public static String write(List<String> strings) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeArray(strings.toArray(String[]::new), 0, strings.size());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a string takes everything
        }
        return text.toString();
    }

    public static List<String> read(String text) {
        List<String> strings = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            JsonToken token = json.nextToken();
            while (token != JsonToken.END_ARRAY && (token = json.nextToken()) == JsonToken.VALUE_STRING) {
                strings.add(json.getText());
            }
            if (token == JsonToken.END_ARRAY) {
                return strings;
            }
        } catch (IOException malformed) {
            throw new IllegalArgumentException("expected a JSON array of strings, received " + text, malformed);
        }
        throw new IllegalArgumentException("expected a JSON array of strings, received " + text);
    }
}
