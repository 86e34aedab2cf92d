package dev.halfwave.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final String FOREIGN = "01234567-89ab-cdef-0123-456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void writesAndReplaces() throws IOException {
        Path file = directory.resolve("file");
        write(file, "old");
        assertThat(file).hasContent("old");
        write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void writesContentOfManyBuffers() throws IOException {
        byte[] large = new byte[300_001];
        Arrays.setAll(new int[large.length], i -> large[i] = (byte) (i * 31));
        AtomicFile.write(directory.resolve("file"), out -> {
            for (int i = 0; i < large.length; i += 7) {
                out.write(large, i, Math.min(7, large.length - i));
            }
        });
        assertThat(Files.readAllBytes(directory.resolve("file"))).isEqualTo(large);
    }

    @Test
    void showsTheOldContentUntilTheNewOneIsWhole() throws IOException {
        Path file = directory.resolve("file");
        write(file, "old");
        AtomicFile.write(file, out -> {
            out.write("new".getBytes(UTF_8));
            out.flush();
            assertThat(file).hasContent("old");
            assertThat(names()).hasSize(2);
        });
        assertThat(file).hasContent("new");
    }

    @Test
    void createsMissingParents() {
        Path file = directory.resolve("runs/today/model");
        write(file, "content");
        assertThat(file).hasContent("content");
    }

    @Test
    void leavesTheOldFileIfWritingFails() throws IOException {
        Path file = directory.resolve("file");
        write(file, "old");
        IOException full = new IOException("No space left on device");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw full;
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasCause(full)
                .hasMessage(
                        file + ": expected to write the whole file, received \"java.io.IOException: No space left on"
                                + " device\"; free some space or choose another place; what was there before is untouched");
        for (Throwable thrown : new Throwable[] {new IllegalStateException("bug"), new AssertionError("bug")}) {
            assertThatThrownBy(() -> AtomicFile.write(file, out -> throwUnchecked(thrown)))
                    .isSameAs(thrown);
        }
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void writesInAnInterruptedThread() {
        Path file = directory.resolve("file");
        Thread.currentThread().interrupt();
        write(file, "content");
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
        assertThat(file).hasContent("content");
    }

    @Test
    void replacesALinkAndNotWhatItPointsTo() throws IOException {
        Path original = directory.resolve("original");
        write(original, "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), original);
        write(link, "new");
        assertThat(original).hasContent("old");
        assertThat(link).hasContent("new");
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void deletesWhatKilledProcessesLeftForThisTarget() throws IOException {
        write(directory.resolve(".file." + FOREIGN + ".0.tmp"), "");
        write(directory.resolve(".file." + FOREIGN + ".17.tmp"), "half");
        String[] others = {
            ".file.more." + FOREIGN + ".0.tmp",
            ".other." + FOREIGN + ".0.tmp",
            ".file.0.tmp",
            ".file.tmp",
            "file.tmp",
            ".file." + FOREIGN + ".0.tmp2",
            ".file.backup." + FOREIGN + ".tmp",
            "file." + FOREIGN + ".0.tmp"
        };
        for (String other : others) {
            write(directory.resolve(other), "another's");
        }
        write(directory.resolve("file"), "content");
        assertThat(names()).contains("file").hasSize(others.length + 1).contains(others);
    }

    @Test
    void sparesWhatAnotherWriterHasLocked() throws IOException {
        Path live = directory.resolve(".file." + FOREIGN + ".0.tmp");
        try (FileChannel channel = FileChannel.open(live, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            write(directory.resolve("file"), "content");
            assertThat(live).exists();
        }
        write(directory.resolve("file"), "content");
        assertThat(live).doesNotExist();
    }

    @Test
    void sparesTheOtherWritesOfThisProcess() throws IOException {
        Path file = directory.resolve("file");
        AtomicFile.write(file, out -> {
            write(file, "inner");
            out.write("outer".getBytes(UTF_8));
            assertThat(file).hasContent("inner");
        });
        assertThat(file).hasContent("outer");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void neverMixesTheFilesOfSeveralThreads() throws Exception {
        Path file = directory.resolve("file");
        write(file, "x");
        int writers = 4;
        AtomicInteger running = new AtomicInteger(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                byte[] content = new byte[10_000 + writer];
                Arrays.fill(content, (byte) writer);
                results.add(threads.submit(() -> writeOften(file, content, running)));
            }
            results.add(threads.submit((Callable<Integer>) () -> readWhileAny(file, running)));
            for (Future<Integer> result : results) {
                assertThat(result.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(names()).containsExactly("file");
    }

    private static int writeOften(Path file, byte[] content, AtomicInteger running) {
        try {
            for (int i = 0; i < 25; i++) {
                AtomicFile.write(file, out -> out.write(content));
            }
            return content.length;
        } finally {
            running.decrementAndGet();
        }
    }

    private static int readWhileAny(Path file, AtomicInteger running) throws IOException {
        int reads = 0;
        do {
            byte[] read = Files.readAllBytes(file);
            byte[] expected = new byte[read.length];
            Arrays.fill(expected, read[0]);
            assertThat(read).isEqualTo(expected);
            assertThat(read.length).isIn(1, 10_000 + read[0]);
            reads++;
        } while (running.get() > 0);
        return reads;
    }

    private static void throwUnchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    private static void write(Path file, String content) {
        AtomicFile.write(file, out -> out.write(content.getBytes(UTF_8)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
