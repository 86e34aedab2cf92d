package dev.halfwave.tuning;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads a {@link TuningFile} and takes nothing for granted. */
final class TuningReader {
    /** Tens of thousands of passes. */
    private static final long MOST_BYTES = 1 << 24;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path path;
    private final JsonParser json;
    private boolean ours;

    private TuningReader(Path path, JsonParser json) {
        this.path = path;
        this.json = json;
    }

    static TuningContent read(Path path) {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return TuningContent.leftAlone(path + ": expected a tuning cache, received something that is no file");
            }
            if (Files.size(path) > MOST_BYTES) {
                return TuningContent.leftAlone(path + ": expected a tuning cache of at most " + MOST_BYTES
                        + " bytes, received " + Files.size(path));
            }
            byte[] bytes = Files.readAllBytes(path);
            return bytes.length == 0 ? TuningContent.of(Map.of()) : parse(path, bytes);
        } catch (NoSuchFileException absent) {
            return TuningContent.of(Map.of());
        } catch (IOException unreadable) {
            return TuningContent.leftAlone(path + ": expected a readable tuning cache, received " + unreadable);
        }
    }

    private static TuningContent parse(Path path, byte[] bytes) throws IOException {
        try (JsonParser json = JSON.createParser(bytes)) {
            TuningReader reader = new TuningReader(path, json);
            try {
                return TuningContent.of(reader.file());
            } catch (JacksonException malformed) {
                return reader.unusable(reader.trouble("a tuning cache", "something that is no JSON"));
            } catch (Unexpected e) {
                return reader.unusable(e.text);
            }
        }
    }

    private TuningContent unusable(String reason) {
        return ours ? TuningContent.ignored(reason) : TuningContent.leftAlone(reason);
    }

    private Map<String, Map<String, Measurement>> file() throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT, "a tuning cache, which begins with a brace");
        expect(TuningFile.KIND.equals(json.nextFieldName()), "a tuning cache, which says so first");
        expect(TuningFile.TUNING.equals(json.nextTextValue()), "a tuning cache, which says so first");
        expect(TuningFile.VERSION.equals(json.nextFieldName()), "a version");
        expect(json.nextToken() == JsonToken.VALUE_NUMBER_INT, "a version");
        long version = json.getLongValue();
        ours = version <= TuningFile.NEWEST;
        if (version != TuningFile.NEWEST) {
            throw new Unexpected(trouble("version " + TuningFile.NEWEST, "version " + version));
        }
        expect(TuningFile.MACHINES.equals(json.nextFieldName()), "machines");
        Map<String, Map<String, Measurement>> machines = new LinkedHashMap<>();
        begin("an object of machines");
        for (String machine = json.nextFieldName(); machine != null; machine = json.nextFieldName()) {
            machines.put(machine, passes());
        }
        expect(json.nextToken() == JsonToken.END_OBJECT, "the end of the file's object");
        expect(json.nextToken() == null, "the end of the file");
        return machines;
    }

    private Map<String, Measurement> passes() throws IOException {
        Map<String, Measurement> passes = new LinkedHashMap<>();
        begin("an object of passes");
        for (String pass = json.nextFieldName(); pass != null; pass = json.nextFieldName()) {
            passes.put(pass, measurement());
        }
        return passes;
    }

    private Measurement measurement() throws IOException {
        begin("a measurement");
        expect(TuningFile.ALGORITHM.equals(json.nextFieldName()), "an algorithm");
        expect(json.nextToken() == JsonToken.VALUE_STRING, "an algorithm's name");
        String algorithm = json.getText();
        expect(TuningFile.MICROSECONDS.equals(json.nextFieldName()), "microseconds");
        begin("an object of times");
        Map<String, Double> times = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            expect(json.nextToken().isNumeric(), "a time");
            times.put(name, json.getDoubleValue());
        }
        expect(times.containsKey(algorithm), "a time for the algorithm that was chosen");
        expect(json.nextToken() == JsonToken.END_OBJECT, "the end of a measurement");
        return new Measurement(algorithm, times);
    }

    private void begin(String what) throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT, what);
    }

    private void expect(boolean met, String what) {
        if (!met) {
            JsonToken token = json.currentToken();
            String received = token == null
                    ? "the end"
                    : token.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            throw new Unexpected(trouble(what, received));
        }
    }

    private String trouble(String expected, String received) {
        return path + " (at byte " + json.currentLocation().getByteOffset() + "): expected " + expected + ", received "
                + received;
    }

    /** The content is not what it should be. */
    private static final class Unexpected extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String text;

        Unexpected(String text) {
            super(text);
            this.text = text;
        }
    }
}
