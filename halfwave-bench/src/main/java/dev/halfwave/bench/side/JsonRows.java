package dev.halfwave.bench.side;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.halfwave.bench.work.Work;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The rows as JSON: an array of objects. Times are null where memory was measured, which then has numbers of its own; where there is no
 * ratio, there is a reason.
 */
final class JsonRows {
    private JsonRows() {}

    static String of(List<Row> rows, int threads) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartArray();
            for (Row row : rows) {
                json.writeStartObject();
                write(json, row, threads);
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Row row, int threads) throws IOException {
        boolean memory = row.measure() == Work.Measure.PEAK_MEMORY;
        json.writeStringField("work", row.work());
        json.writeStringField("peer", row.peer());
        number(json, "ratio", row, Ratio::median);
        number(json, "ratioLow", row, Ratio::low);
        number(json, "ratioHigh", row, Ratio::high);
        number(json, "halfwaveMillis", row, memory ? ratio -> Double.NaN : Ratio::halfwave);
        number(json, "peerMillis", row, memory ? ratio -> Double.NaN : Ratio::peer);
        if (memory) {
            number(json, "halfwaveMiB", row, Ratio::halfwave);
            number(json, "peerMiB", row, Ratio::peer);
        }
        json.writeNumberField("threads", threads);
        json.writeNumberField("batch", row.batch());
        json.writeStringField("jdk", Runtime.version().toString());
        json.writeStringField("version", row.title());
        if (row.error().isPresent() && Double.isFinite(row.error().getAsDouble())) {
            json.writeNumberField("maxError", row.error().getAsDouble());
        }
        if (!row.reason().isEmpty()) {
            json.writeStringField("reason", row.reason());
        }
    }

    private static void number(JsonGenerator json, String name, Row row, ToDoubleFunction<Ratio> number)
            throws IOException {
        double value = row.ratio().stream().mapToDouble(number).findFirst().orElse(Double.NaN);
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}
