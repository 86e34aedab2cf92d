package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    @TempDir
    private Path dir;

    @Test
    void findsTheCheckoutAroundAPlace() throws IOException {
        Path inside = Files.createDirectories(dir.resolve("halfwave-cli/target"));
        assertThat(Checkout.around(inside)).isEmpty();
        Files.createDirectories(dir.resolve("halfwave-bench"));
        Files.createFile(dir.resolve("halfwave-bench/pom.xml"));
        assertThat(dir.resolve("mvnw").toFile().createNewFile()).isTrue();
        assertThat(dir.resolve("mvnw").toFile().setExecutable(true)).isTrue();
        assertThat(Checkout.around(inside)).contains(new Checkout(dir.toAbsolutePath()));
    }

    @Test
    void refusesWhatItCannotUnderstand() {
        Run bare = Run.of("bench");
        assertThat(bare.exitCode()).isEqualTo(2);
        assertThat(bare.err())
                .isEqualTo(
                        "halfwave: expected one of a model to time, --peers or --growth, received none; see halfwave bench --help"
                                + System.lineSeparator());
        Run threads = Run.of("bench", "--peers", "--threads", "0");
        assertThat(threads.exitCode()).isEqualTo(2);
        assertThat(threads.err()).contains("--threads: expected 1 or more, received 0");
    }
}
