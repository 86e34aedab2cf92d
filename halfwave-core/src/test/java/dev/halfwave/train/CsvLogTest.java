package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.kernel.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {
    private static final String HEAD =
            "epoch,loss,accuracy,validation_loss,validation_accuracy,learning_rate,images_per_second";

    @TempDir
    private Path folder;

    private static List<EpochReport> run(Trainer trainer, Path file) {
        List<EpochReport> reports = new ArrayList<>();
        trainer.addListener(new CsvLog(file));
        trainer.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer running, EpochReport report) {
                reports.add(report);
            }
        });
        trainer.run();
        return reports;
    }

    @Test
    void aRowPerEpochWithEveryDigit() throws IOException {
        Path file = folder.resolve("deep/log.csv");
        List<EpochReport> reports = run(Watched.trainer(3), file);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(4).startsWith(HEAD);
        for (EpochReport report : reports) {
            String[] cells = lines.get(report.epoch()).split(",", -1);
            Score validation = report.validation().orElseThrow();
            double[] expected = {
                report.epoch(),
                report.loss(),
                report.accuracy(),
                validation.loss(),
                validation.accuracy(),
                report.rate(),
                report.imagesPerSecond()
            };
            assertThat(cells).hasSize(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Double.parseDouble(cells[i])).isEqualTo(expected[i]);
            }
        }
    }

    @Test
    void withoutValidationItsCellsAreEmpty() throws IOException {
        Path file = folder.resolve("log.csv");
        Files.writeString(file, "what a run before left");
        run(new Trainer(Watched.model(), Watched.plan(1), Watched.TRAIN, WorkerPool.shared()), file);
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(Files.readAllLines(file).get(1)).matches("1,[\\d.]+,[\\d.]+,,,0\\.1,[\\d.E]+");
    }

    /** The rows of epochs that are done again are written once; the learning goes as if never stopped. */
    @Test
    void aResumedRunGoesOnWhereItsCheckpointIs() throws IOException {
        Path whole = folder.resolve("whole.csv");
        run(Watched.trainer(4), whole);
        for (int stop : new int[] {1, 3, 4, 7, 11, 12}) {
            Path file = folder.resolve("stopped-" + stop + ".csv");
            Trainer first = Watched.trainer(4);
            List<Checkpoint> kept = new ArrayList<>();
            first.addListener(new TrainingListener() {
                @Override
                public void batchDone(Trainer running, Tally tally) {
                    if (running.position().step() == stop) {
                        Path checkpoint = folder.resolve("checkpoint-" + stop);
                        running.checkpoint().save(checkpoint);
                        kept.add(Checkpoint.load(checkpoint));
                    }
                }
            });
            run(first, file); // goes on to the end, as if what came after the checkpoint had crashed
            Trainer second = Watched.trainer(4);
            second.resume(kept.get(0));
            run(second, file);
            assertThat(withoutSpeed(file)).as("stopped after %d", stop).isEqualTo(withoutSpeed(whole));
        }
    }

    private static List<String> withoutSpeed(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(row -> row.substring(0, row.lastIndexOf(',')))
                .toList();
    }

    @Test
    void aResumedRunRefusesAnotherTable() throws IOException {
        Path file = folder.resolve("other.csv");
        Files.writeString(file, "name,age\nAda,36\n");
        Trainer trainer = Watched.trainer(2);
        Trainer before = Watched.trainer(2);
        trainer.resume(before.checkpoint());
        assertThatThrownBy(() -> run(trainer, file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": expected a table with the columns " + HEAD
                        + ", received one that begins with another line; choose another file, or delete this one");
        assertThat(file).hasContent("name,age\nAda,36\n");
        assertThatThrownBy(() -> run(Watched.trainer(1), folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(folder + ": expected a file to write, received a directory; add a file's name");
    }
}
