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
                .isEqualTo("halfwave: expected one of a model to time, --peers, --growth or --watch, received none; see"
                        + " halfwave bench --help"
                        + System.lineSeparator());
        Run threads = Run.of("bench", "--peers", "--threads", "0");
        assertThat(threads.exitCode()).isEqualTo(2);
        assertThat(threads.err()).contains("--threads: expected 1 or more, received 0");
    }

    @Test
    void measuresWhatWatchingCosts() throws IOException {
        Path json = dir.resolve("cost.json");
        Run run = Run.of("bench", "--watch", "--quick", "--json", json);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines().get(0))
                .matches("lenet, batch 64, 2 threads: 60 steps take [0-9.]+ ms, with the dead unit watch [0-9.]+ ms; it"
                        + " costs -?[0-9.]+ % \\(median of 5 pairs, 80 % of them from -?[0-9.]+ to -?[0-9.]+ %\\), [0-9.]+ % by the time"
                        + " spent in it");
        assertThat(new Run(0, Files.readString(json), "").json().get(0))
                .containsEntry("network", "lenet")
                .containsEntry("pairs", 5L)
                .containsKeys("withMillis", "withoutMillis", "costShare", "insideShare");
        assertThat(Run.of("bench", "--watch", "--peers").err()).contains("received several");
    }
}
