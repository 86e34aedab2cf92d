package dev.halfwave.tuning;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.halfwave.format.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measurements on disk: one JSON file for all machines and settings that share a directory.
 *
 * <pre>{@code
 * {"halfwave": "tuning", "version": 1, "machines": {
 *   "2 threads, 16 lanes, JDK 17.0.15+6, Some CPU": {
 *     "forward 64x28x28x32 by 3x3x32x32, rows 1/1/1+1, columns 1/1/1+1, groups 1":
 *       {"algorithm": "direct", "microseconds": {"winograd-blocks": 950.1, "direct": 720.4}}}}}
 * }</pre>
 *
 * <p>It is replaced in one step. Several processes may add to it at once: the last to write wins, and what another one
 * wrote in between is measured anew by whoever needs it.
 */
final class TuningFile {
    static final String KIND = "halfwave";
    static final String TUNING = "tuning";
    static final String VERSION = "version";
    static final String MACHINES = "machines";
    static final String ALGORITHM = "algorithm";
    static final String MICROSECONDS = "microseconds";
    static final int NEWEST = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private final Path path;

    TuningFile(Path path) {
        this.path = path;
    }

    /** What it holds; of a file that is no tuning cache, or a damaged one, why it holds nothing. */
    TuningContent read() {
        return TuningReader.read(path);
    }

    /**
     * Adds a measurement to what the file holds now, unless it is somebody else's by now.
     *
     * @return why it could not be added, or nothing
     */
    String add(String machine, String pass, Measurement measurement) {
        TuningContent content = read();
        if (!content.replaceable()) {
            return content.trouble();
        }
        Map<String, Map<String, Measurement>> machines = new TreeMap<>(content.machines());
        Map<String, Measurement> passes = new TreeMap<>(machines.getOrDefault(machine, Map.of()));
        passes.put(pass, measurement);
        machines.put(machine, passes);
        try {
            AtomicFile.write(path, out -> write(machines, out));
            return "";
        } catch (UncheckedIOException unwritable) {
            return String.valueOf(unwritable.getMessage());
        }
    }

    private static void write(Map<String, Map<String, Measurement>> machines, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField(KIND, TUNING);
            json.writeNumberField(VERSION, NEWEST);
            json.writeObjectFieldStart(MACHINES);
            for (Map.Entry<String, Map<String, Measurement>> machine : machines.entrySet()) {
                json.writeObjectFieldStart(machine.getKey());
                for (Map.Entry<String, Measurement> pass : machine.getValue().entrySet()) {
                    write(pass.getKey(), pass.getValue(), json);
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void write(String pass, Measurement measurement, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(pass);
        json.writeStringField(ALGORITHM, measurement.algorithm());
        json.writeObjectFieldStart(MICROSECONDS);
        for (Map.Entry<String, Double> time : measurement.microseconds().entrySet()) {
            json.writeNumberField(time.getKey(), time.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
