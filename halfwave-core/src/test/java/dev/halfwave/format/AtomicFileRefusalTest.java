package dev.halfwave.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places where no file can be written; most of them stop the superuser too. */
class AtomicFileRefusalTest {
    private static final String ELSEWHERE = "; choose another place, or make this one writable";

    @TempDir
    private Path directory;

    @Test
    void refusesADirectory() {
        refuses(directory, directory + ": expected a file to write, received a directory; add a file's name");
        Path root = directory.getRoot();
        refuses(root, root + ": expected a file to write, received a directory; add a file's name");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesADevice() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device), "there is no /dev/null here");
        refuses(device, "/dev/null: expected a file to write, received a device; add a file's name");
        assertThat(Files.isRegularFile(device)).isFalse();
    }

    @Test
    void refusesAFileWhereADirectoryShouldBe() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "content");
        Path below = file.resolve("model");
        refuses(below, below + ": expected a writable directory, received a file at " + file + ELSEWHERE);
        Path deeper = file.resolve("runs/model");
        refuses(deeper, deeper + ": expected a writable directory, received a file at " + file + ELSEWHERE);
        assertThat(file).hasContent("content");
    }

    @Test
    void refusesAFileSystemThatTakesNoFiles() {
        Path file = Path.of("/proc/model");
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc here");
        refusesForTheSystem(file, Path.of("/proc"));
    }

    @Test
    void refusesANameThatIsTooLong() {
        Path file = directory.resolve("n".repeat(250));
        refusesForTheSystem(file, directory);
    }

    @Test
    void refusesADirectoryWithoutPermission() throws IOException {
        assumeTrue(
                directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this file system has no permission bits");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeTrue(!Files.isWritable(directory), "permission bits do not stop this user, who may be root");
            Path file = directory.resolve("model");
            refusesForTheSystem(file, directory);
            Path below = directory.resolve("runs/model");
            refuses(
                    below,
                    below + ": expected a writable directory, received no permission for " + directory.resolve("runs")
                            + ELSEWHERE);
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void refuses(Path target, String message) {
        assertThatThrownBy(() -> AtomicFile.write(target, out -> out.write(1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(message);
    }

    /** The system's own word for the reason depends on its language. */
    private static void refusesForTheSystem(Path target, Path directory) {
        assertThatThrownBy(() -> AtomicFile.write(target, out -> out.write(1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageMatching("\\Q" + target + "\\E: expected a writable directory, received \"[^\"]+\" for \\Q"
                        + directory + ELSEWHERE + "\\E");
    }
}
