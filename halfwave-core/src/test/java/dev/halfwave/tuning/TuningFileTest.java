package dev.halfwave.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TuningFileTest {
    private static final String HEAD = "{\"halfwave\": \"tuning\", \"version\": 1, \"machines\": ";

    @TempDir
    private Path directory;

    private Path path;
    private TuningFile file;

    @BeforeEach
    void nameFile() {
        path = directory.resolve("tuning.json");
        file = new TuningFile(path);
    }

    private static Measurement measurement(String winner, double... micros) {
        Map<String, Double> times = new LinkedHashMap<>();
        String[] names = {"first", "other", "third"};
        for (int i = 0; i < micros.length; i++) {
            times.put(names[i], micros[i]);
        }
        return new Measurement(winner, times);
    }

    @Test
    void holdsWhatWasAdded() {
        Measurement one = measurement("other", 1000.25, 3.5);
        Measurement two = measurement("first", 1e-3, 1e9, 0.1);
        file.add("a machine with \"quotes\" and ü", "pass 1", one);
        file.add("another", "pass 1", two);
        file.add("another", "pass 2", one);

        TuningContent content = new TuningFile(path).read();
        assertThat(content)
                .isEqualTo(TuningContent.of(Map.of(
                        "a machine with \"quotes\" and ü",
                        Map.of("pass 1", one),
                        "another",
                        Map.of("pass 1", two, "pass 2", one))));
        assertThat(content.machines().get("another").get("pass 1").microseconds())
                .containsExactlyEntriesOf(two.microseconds()); // in order: the sizes' own first

        file.add("another", "pass 1", one);
        assertThat(file.read().machines().get("another")).containsEntry("pass 1", one);
    }

    @Test
    void aFileThatIsNotThereOrEmptyHoldsNothing() throws IOException {
        assertThat(file.read()).isEqualTo(TuningContent.of(Map.of()));
        Files.writeString(path, "");
        assertThat(file.read()).isEqualTo(TuningContent.of(Map.of()));
    }

    @Test
    void aFileThatWasCutAnywhereIsIgnored() throws IOException {
        file.add("machine", "pass", measurement("other", 2, 1));
        byte[] whole = Files.readAllBytes(path);
        for (int length = 1; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            TuningContent content = file.read();
            assertThat(content.machines()).isEmpty();
            assertThat(content.trouble())
                    .as("cut after %d bytes", length)
                    .startsWith(path + " (at byte ")
                    .contains("): expected ", ", received ");
        }
    }

    @Test
    void aFileWithAnyByteChangedDoesNoHarm() throws IOException {
        file.add("machine", "pass", measurement("other", 2, 1));
        byte[] whole = Files.readAllBytes(path);
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            Files.write(path, changed);
            TuningContent content = file.read();
            assertThat(content.trouble().isEmpty() || content.machines().isEmpty())
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2]           | (at byte 1): expected a tuning cache, which begins with a brace, received start array",
                "{}               | (at byte 2): expected a tuning cache, which says so first, received end object",
                "{\"name\": \"x\"}    | (at byte 10): expected a tuning cache, which says so first, received field name",
                "{\"halfwave\": 3}  | (at byte 14): expected a tuning cache, which says so first, received value number int",
                "no JSON          | (at byte 3): expected a tuning cache, received something that is no JSON"
            })
    void aForeignFileIsLeftAlone(String text, String reason) throws IOException {
        Files.writeString(path, text);
        TuningContent content = file.read();
        assertThat(content.trouble())
                .isEqualTo(path + " " + reason + "; it is left as it is and nothing is kept: name another file");
        file.add("machine", "pass", measurement("other", 2, 1));
        assertThat(path).hasContent(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3}                                             | expected an object of machines, received value number int",
                "{\"m\": []}}                                     | expected an object of passes, received start array",
                "{\"m\": {\"p\": 1}}}                               | expected a measurement, received value number int",
                "{\"m\": {\"p\": {\"algorithm\": null}}}}             | expected an algorithm's name, received value null",
                "{\"m\": {\"p\": {\"microseconds\": {}}}}}            | expected an algorithm, received field name",
                "{\"m\": {}}, \"more\": 1}                          | expected the end of the file's object, received field name",
                "{\"m\": {}}} 5                                   | expected the end of the file, received value number int",
                "{\"m\": {}, \"m\": {}}}                            | expected a tuning cache, received something that is no JSON"
            })
    void anUnsoundFileOfOursIsReplaced(String rest, String reason) throws IOException {
        Files.writeString(path, HEAD + rest);
        TuningContent content = file.read();
        assertThat(content.trouble()).startsWith(path + " (at byte ").contains("): " + reason);
        assertThat(content.machines()).isEmpty();
        file.add("machine", "pass", measurement("other", 2, 1));
        assertThat(file.read().machines()).containsOnlyKeys("machine");
    }

    @Test
    void aChoiceWithoutATimeIsUnsound() throws IOException {
        Files.writeString(path, HEAD + "{\"m\": {\"p\": {\"algorithm\": \"x\", \"microseconds\": {\"y\": 1}}}}}");
        assertThat(file.read().trouble()).contains("expected a time for the algorithm that was chosen");
        Files.writeString(path, HEAD + "{\"m\": {\"p\": {\"algorithm\": \"x\", \"microseconds\": {\"x\": \"1\"}}}}}");
        assertThat(file.read().trouble()).contains("expected a time, received value string");
    }

    @Test
    void anOlderVersionIsReplacedAndANewerOneKept() throws IOException {
        Files.writeString(path, HEAD.replace("1", "0") + "{}}");
        assertThat(file.read().trouble())
                .contains("expected version 1, received version 0; it is ignored, and replaced");
        String newer = HEAD.replace("1", "2") + "{}}";
        Files.writeString(path, newer);
        assertThat(file.read().trouble()).contains("expected version 1, received version 2; it is left as it is");
        file.add("machine", "pass", measurement("other", 2, 1));
        assertThat(path).hasContent(newer);
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThat(new TuningFile(directory).read().trouble())
                .startsWith(directory + ": expected a tuning cache, received something that is no file");
    }

    @Test
    void manyWritersLeaveAWholeFileAtEveryMoment() throws Exception {
        int writers = 4;
        int each = 15;
        ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
        try {
            List<Future<?>> writing = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                writing.add(threads.submit(() -> {
                    TuningFile own = new TuningFile(path);
                    for (int i = 0; i < each; i++) {
                        own.add("machine " + writer, "pass " + i, measurement("other", i + 2, i + 1));
                    }
                }));
            }
            Future<Integer> reading = threads.submit(readUntil(writing));
            for (Future<?> one : writing) {
                one.get();
            }
            assertThat(reading.get()).isPositive();
        } finally {
            threads.shutdownNow();
        }
        TuningContent content = file.read();
        assertThat(content.trouble()).isEmpty();
        // The last to write wins, and it had read what it added to: at least its own last measurement is there.
        assertThat(content.machines().values())
                .anySatisfy(passes ->
                        assertThat(passes).containsEntry("pass " + (each - 1), measurement("other", each + 1, each)));
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(path);
        }
    }

    private Callable<Integer> readUntil(List<Future<?>> done) {
        return () -> {
            int reads = 0;
            do {
                assertThat(file.read().trouble()).isEmpty();
                reads++;
            } while (!done.stream().allMatch(Future::isDone));
            return reads;
        };
    }

    @Test
    void theFileIsReadableJson() throws IOException {
        file.add("machine", "pass", measurement("other", 2, 1));
        assertThat(Files.readString(path, StandardCharsets.UTF_8).replaceAll("\\s+", " "))
                .isEqualTo(
                        "{ \"halfwave\" : \"tuning\", \"version\" : 1, \"machines\" : { \"machine\" : { \"pass\" : {"
                                + " \"algorithm\" : \"other\", \"microseconds\" : { \"first\" : 2.0, \"other\" : 1.0 } } } } }");
    }
}
