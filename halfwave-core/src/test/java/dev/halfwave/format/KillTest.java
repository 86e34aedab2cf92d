package dev.halfwave.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed while they write checkpoints, and processes that write the same one.
 *
 * <p>{@code -Dhalfwave.kills=} sets how many are killed at random. A kill stops a process, not the machine: what a
 * power failure would leave behind is not tested here.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("halfwave.kills", 50);
    private static final int HEAP = 64;

    @TempDir
    private Path directory;

    @Test
    void leavesTheLastAnnouncedCheckpointOrTheNext() throws Exception {
        Path file = directory.resolve("last.safetensors");
        for (int seed = 0; seed < KILLS; seed++) {
            int first = 1 + seed % 1000 * 10_000; // tells which process wrote a checkpoint
            int announced = killed(file, first, new Random(seed).nextInt(301));
            SafeTensors last = SafeTensors.readSealed(file);
            int counter = CheckpointLoop.counter(last);
            assertThat(counter).as("seed %d", seed).isBetween(announced, announced + 1);
            assertThat(last).as("seed %d", seed).isEqualTo(CheckpointLoop.checkpoint(counter));
            assertThat(temporaries())
                    .as("seed %d: nothing of the process before", seed)
                    .hasSizeLessThan(2);
        }
        CheckpointLoop.checkpoint(1).writeSealed(file);
        assertThat(temporaries()).isEmpty();
    }

    /** The last counter that a process announced before it was killed. */
    private static int killed(Path file, int first, int milliseconds) throws Exception {
        try (Child child = Child.start(HEAP, CheckpointLoop.class, file, first, 10_000)) {
            String announced = child.line() + "\n";
            TimeUnit.MILLISECONDS.sleep(milliseconds);
            List<String> lines = (announced + child.kill()).lines().toList();
            return Integer.parseInt(lines.get(lines.size() - 1));
        }
    }

    @Test
    void keepsTheOldFileWhenKilledAmidAWrite() throws Exception {
        Path file = directory.resolve("file");
        AtomicFile.write(file, out -> out.write(1));
        try (Child child = Child.start(HEAP, HalfWriter.class, file)) {
            assertThat(child.line()).isEqualTo("half");
            assertThat(temporaries()).hasSize(1);
            assertThat(Files.readAllBytes(file)).containsExactly(1);
            AtomicFile.write(file, out -> out.write(2));
            assertThat(temporaries()).as("the file of a living process").hasSize(1);
            child.kill();
        }
        assertThat(temporaries()).as("the file of a killed process").hasSize(1);
        assertThat(Files.readAllBytes(file)).containsExactly(2);
        AtomicFile.write(directory.resolve("other"), out -> out.write(3));
        assertThat(temporaries()).as("after a write to another file").hasSize(1);
        AtomicFile.write(file, out -> out.write(4));
        assertThat(temporaries()).as("after a write to the same file").isEmpty();
        assertThat(Files.readAllBytes(file)).containsExactly(4);
    }

    /** On some systems, whoever closes a file drops all locks that its process has on it. */
    @Test
    void sparesAWriterWhoseProcessWroteTheSameFileMeanwhile() throws Exception {
        Path file = directory.resolve("file");
        AtomicFile.write(file, out -> {
            out.write(1);
            AtomicFile.write(file, inner -> inner.write(2));
            try (Child child = Child.start(HEAP, CheckpointLoop.class, file, 1, 1)) {
                assertThat(child.line()).isEqualTo("1");
            }
            assertThat(temporaries()).hasSize(1);
        });
        assertThat(Files.readAllBytes(file)).containsExactly(1);
        assertThat(temporaries()).isEmpty();
    }

    @Test
    void letsTwoProcessesWriteOneFile() throws Exception {
        Path file = directory.resolve("shared.safetensors");
        CheckpointLoop.checkpoint(0).writeSealed(file);
        try (Child one = Child.start(HEAP, CheckpointLoop.class, file, 1, 100);
                Child two = Child.start(HEAP, CheckpointLoop.class, file, 10_001, 100)) {
            while (one.isAlive() || two.isAlive()) {
                SafeTensors read = SafeTensors.readSealed(file);
                assertThat(read).isEqualTo(CheckpointLoop.checkpoint(CheckpointLoop.counter(read)));
            }
            assertThat(one.exitCode()).isZero();
            assertThat(two.exitCode()).isZero();
            assertThat(one.rest()).endsWith("\n100\n");
            assertThat(two.rest()).endsWith("\n10100\n");
        }
        assertThat(CheckpointLoop.counter(SafeTensors.readSealed(file))).isIn(100, 10_100);
        assertThat(temporaries()).isEmpty();
    }

    private List<Path> temporaries() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(".tmp")).toList();
        }
    }
}
