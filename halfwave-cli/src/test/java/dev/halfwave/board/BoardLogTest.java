package dev.halfwave.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Message;
import dev.halfwave.activation.Relu;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Datasets;
import dev.halfwave.data.Splits;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.train.Checkpoint;
import dev.halfwave.train.EpochReport;
import dev.halfwave.train.Tally;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingListener;
import dev.halfwave.train.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardLogTest {
    private static final int BATCHES = 4;
    private static final Splits DATA = data();

    @TempDir
    private Path folder;

    private static Splits data() {
        Dataset strokes = Datasets.open("strokes", Path.of("")).train();
        return new Splits(strokes.range(0, 30), strokes.range(30, 50));
    }

    private static Trainer trainer() {
        Network network = Network.of(
                "little", DATA.train().sampleShape(), new Flatten(), Dense.of(5).activation(new Relu()), Dense.of(10));
        Model model = Model.initialized(network, DATA.train().classes(), 1);
        Trainer trainer = new Trainer(model, TrainingPlan.usual(3, 8, 1), DATA.train(), WorkerPool.shared());
        trainer.validateOn(DATA.test());
        return trainer;
    }

    private static void run(Trainer trainer, Path folder) {
        try (BoardLog log = new BoardLog(folder)) {
            trainer.addListener(log);
            trainer.run();
        }
    }

    @Test
    void everyFileBeginsWithItsVersionAndTheRun() throws IOException {
        run(trainer(), folder);
        for (String run : new String[] {"train", "validation"}) {
            List<Message> events = EventReader.only(folder.resolve(run));
            assertThat(EventReader.field(events.get(0), "file_version")).isEqualTo("brain.Event:2");
            Message session = (Message) EventReader.field(events.get(1), "session_log");
            assertThat(EventReader.field(session, "status")).hasToString("START");
            assertThat(EventReader.step(events.get(1))).isEqualTo(1);
            double now = System.currentTimeMillis() / 1000.0;
            assertThat(events)
                    .allSatisfy(event -> assertThat((double) EventReader.field(event, "wall_time"))
                            .isBetween(now - 600, now));
        }
    }

    @Test
    void holdsWhatTrainingReported() throws IOException {
        Trainer trainer = trainer();
        List<EventReader.Point> training = new ArrayList<>();
        List<EventReader.Point> validation = new ArrayList<>();
        trainer.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer running, EpochReport report) {
                long step = (long) report.epoch() * BATCHES;
                training.add(new EventReader.Point(step, "epoch/loss", (float) report.loss()));
                training.add(new EventReader.Point(step, "epoch/accuracy", (float) report.accuracy()));
                training.add(new EventReader.Point(step, "epoch/images_per_second", (float) report.imagesPerSecond()));
                report.validation().ifPresent(score -> {
                    validation.add(new EventReader.Point(step, "epoch/loss", (float) score.loss()));
                    validation.add(new EventReader.Point(step, "epoch/accuracy", (float) score.accuracy()));
                });
            }
        });
        run(trainer, folder);
        List<EventReader.Point> points = EventReader.points(EventReader.only(folder.resolve("train")));

        assertThat(points).filteredOn(point -> point.tag().startsWith("epoch/")).isEqualTo(training);
        assertThat(EventReader.points(EventReader.only(folder.resolve("validation"))))
                .isEqualTo(validation);
        List<EventReader.Point> losses = points.stream()
                .filter(point -> point.tag().equals("batch/loss"))
                .toList();
        assertThat(losses)
                .extracting(EventReader.Point::step)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 3 * BATCHES)
                        .asLongStream()
                        .boxed()
                        .toList());
        // An epoch's loss is the mean over its samples: three batches of 8, one of 6.
        for (int epoch = 0; epoch < 3; epoch++) {
            double sum = 0;
            for (int batch = 0; batch < BATCHES; batch++) {
                sum += losses.get(epoch * BATCHES + batch).value() * (batch < 3 ? 8 : 6);
            }
            assertThat(sum / 30).isCloseTo(training.get(3 * epoch).value(), within(1e-6));
        }
        assertThat(points)
                .filteredOn(point -> point.tag().equals("batch/learning_rate"))
                .hasSize(3 * BATCHES)
                .allMatch(point -> point.value() == (float) trainer.plan().rate());
    }

    @Test
    void histogramsCountEveryWeight() throws IOException {
        Trainer trainer = trainer();
        run(trainer, folder);
        List<Message> events = EventReader.only(folder.resolve("train"));
        List<Message> last = events.stream()
                .filter(event -> EventReader.step(event) == 3 * BATCHES)
                .flatMap(event -> EventReader.values(event).stream())
                .filter(value -> EventReader.has(value, "histo"))
                .toList();
        assertThat(last)
                .extracting(value -> EventReader.field(value, "tag"))
                .containsExactly(
                        "weights/dense_1.weights",
                        "weights/dense_1.bias",
                        "weights/dense_2.weights",
                        "weights/dense_2.bias");
        Message histogram = (Message) EventReader.field(last.get(0), "histo");
        float[] weights = trainer.model().parameters().get("dense_1.weights").data();
        assertThat(EventReader.field(histogram, "num")).isEqualTo((double) weights.length);
        double sum =
                IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
        assertThat((double) EventReader.field(histogram, "sum")).isCloseTo(sum, within(1e-9));
    }

    @Test
    void bucketsHoldWhatLiesBetweenTheirLimits() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] numbers = new float[1 + random.nextInt(500)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) random.nextGaussian();
            }
            Histogram histogram = Histogram.of(numbers, 0, numbers.length);
            double low = Double.NEGATIVE_INFINITY;
            double total = 0;
            for (int b = 0; b < histogram.limits().length; b++) {
                double from = low - 1e-9;
                double to = histogram.limits()[b] + 1e-9;
                assertThat(histogram.counts()[b])
                        .as("seed %d bucket %d", seed, b)
                        .isLessThanOrEqualTo((double) IntStream.range(0, numbers.length)
                                .filter(i -> numbers[i] >= from && numbers[i] <= to)
                                .count());
                total += histogram.counts()[b];
                low = histogram.limits()[b];
            }
            assertThat(total).as("seed %d", seed).isEqualTo(numbers.length);
        }
        Histogram same = Histogram.of(new float[] {2, 2, Float.NaN, 7}, 0, 3);
        assertThat(same.limits()).containsExactly(2);
        assertThat(same.counts()).containsExactly(2);
        assertThat(same.count()).isEqualTo(2);
        assertThat(Histogram.of(new float[] {Float.NaN}, 0, 1).count()).isZero();
    }

    /** As TensorBoard does it: a start takes back what stands there of its step and later ones. */
    @Test
    void aResumedRunTakesBackWhatItDoesAgain() throws IOException {
        Path checkpoint = folder.resolve("checkpoint");
        Trainer first = trainer();
        first.addListener(new TrainingListener() {
            @Override
            public void batchDone(Trainer running, Tally tally) {
                if (running.position().step() == 6) {
                    running.checkpoint().save(checkpoint);
                }
            }
        });
        Path whole = folder.resolve("whole");
        run(first, whole); // to the end, as if all after the checkpoint had been lost
        List<EventReader.Point> expected = EventReader.points(EventReader.only(whole.resolve("train")));
        Trainer second = trainer();
        second.resume(Checkpoint.load(checkpoint));
        run(second, whole);

        List<Path> files = EventReader.files(whole.resolve("train"));
        assertThat(files).hasSize(2);
        List<EventReader.Point> shown = new ArrayList<>();
        for (Path file : files) {
            List<Message> events = EventReader.read(file);
            long start = EventReader.step(events.get(1));
            shown.removeIf(point -> point.step() >= start);
            shown.addAll(EventReader.points(events));
        }
        assertThat(EventReader.step(EventReader.read(files.get(1)).get(1))).isEqualTo(7);
        assertThat(withoutSpeed(shown)).hasSameSizeAs(withoutSpeed(expected));
        for (int i = 0; i < withoutSpeed(shown).size(); i++) {
            EventReader.Point point = withoutSpeed(shown).get(i);
            assertThat(point.tag()).isEqualTo(withoutSpeed(expected).get(i).tag());
            assertThat(point.step()).isEqualTo(withoutSpeed(expected).get(i).step());
            assertThat(point.value()).isCloseTo(withoutSpeed(expected).get(i).value(), within(1e-6f));
        }
    }

    private static List<EventReader.Point> withoutSpeed(List<EventReader.Point> points) {
        return points.stream()
                .filter(point -> !point.tag().equals("epoch/images_per_second"))
                .toList();
    }

    /** The check value of CRC-32C that its definitions give for the nine digits. */
    @Test
    void theChecksumIsCastagnolis() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        int turned = Integer.rotateRight(0xe3069283, 15) + 0xa282ead8;
        assertThat(EventFile.checksum(digits, 0, 9)).isEqualTo(turned);
        assertThat(EventReader.masked(digits, 0, 9)).isEqualTo(turned);
    }

    @Test
    void refusesAPlaceThatIsNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> run(trainer(), file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(
                        file.resolve("train") + ": expected a folder for TensorBoard's files, received an error (")
                .hasMessageEndingWith("); choose another");
    }
}
