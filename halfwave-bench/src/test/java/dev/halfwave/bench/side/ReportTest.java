package dev.halfwave.bench.side;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.halfwave.bench.work.Work;
import dev.halfwave.bench.work.Works;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Work WORK = Works.of("train-keras-cnn@64");

    private static final Row MEASURED = Row.measured(
            WORK,
            "one",
            "Peer 1",
            Ratio.of(new double[] {10, 20, 10}, new double[] {20, 30, 35}),
            OptionalDouble.of(2e-6));

    @Test
    void ratiosAreOfRoundsInPairs() {
        Ratio ratio = Ratio.of(new double[] {10, 20, 10}, new double[] {20, 30, 35});
        assertThat(ratio).isEqualTo(new Ratio(2, 1.5, 3.5, 10, 30));
    }

    @Test
    void theMeanIsGeometric() {
        Ratio mean = Ratio.mean(List.of(new Ratio(1, 0.5, 2, 1, 1), new Ratio(4, 2, 8, 9, 4)));
        assertThat(mean.median()).isEqualTo(2, Offset.offset(1e-12));
        assertThat(mean.halfwave()).isEqualTo(3, Offset.offset(1e-12));
    }

    @Test
    void theTableShowsWhatWasMeasuredAndWhyNot() {
        Row none = Row.impossible(WORK, "dl4j", "dl4j", "no library | here");
        assertThat(Table.of(List.of(MEASURED, none, Row.wrong(WORK, "two", "Peer 2", 0.5))))
                .contains("| train-keras-cnn | 64 | Peer 1 | 10.0 ms | 30.0 ms | 2.00 | 1.50 – 3.50 | 2e-06 |")
                .contains("| train-keras-cnn | 64 | dl4j |  |  | cannot run | no library \\| here | |")
                .contains("| wrong | results differ: expected at most 1.0e-03 of the largest, received 5.0e-01 |");
    }

    @Test
    void jsonHasEveryRow() throws IOException {
        List<Map<String, Object>> rows =
                parse(JsonRows.of(List.of(MEASURED, Row.impossible(WORK, "dl4j", "dl4j", "gone")), 2));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0))
                .containsEntry("work", "train-keras-cnn")
                .containsEntry("peer", "one")
                .containsEntry("version", "Peer 1")
                .containsEntry("ratio", 2.0)
                .containsEntry("ratioLow", 1.5)
                .containsEntry("ratioHigh", 3.5)
                .containsEntry("halfwaveMillis", 10.0)
                .containsEntry("peerMillis", 30.0)
                .containsEntry("threads", 2.0)
                .containsEntry("batch", 64.0)
                .containsKey("jdk");
        assertThat(rows.get(1)).containsEntry("ratio", null).containsEntry("reason", "gone");
    }

    private static List<Map<String, Object>> parse(String text) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Map<String, Object> row = new LinkedHashMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    JsonToken token = json.nextToken();
                    row.put(name, token.isNumeric() ? Double.valueOf(json.getDoubleValue()) : json.getValueAsString());
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
