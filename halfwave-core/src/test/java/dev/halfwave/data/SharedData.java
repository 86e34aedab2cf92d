package dev.halfwave.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Finds the real data that some tests read: the folder that the environment variable HALFWAVE_DATA names, or {@code
 * ../shared}.
 */
final class SharedData {
    private SharedData() {}

    /** A folder below {@code datasets}; without it the test is skipped, or fails on a continuous-integration server. */
    static Path dataset(String name) {
        Path repository = Path.of("").toAbsolutePath().getParent();
        Map<String, String> environment = System.getenv();
        Path shared = repository.resolve(environment.getOrDefault("HALFWAVE_DATA", "../shared"));
        Path folder = shared.resolve("datasets").resolve(name).normalize();
        if (!Files.isDirectory(folder)) {
            String reason = folder + ": expected the dataset " + name
                    + "; set HALFWAVE_DATA to the folder that has datasets/" + name;
            if ("true".equals(environment.get("CI"))) {
                throw new AssertionError(reason);
            }
            assumeTrue(false, reason);
        }
        return folder;
    }
}
