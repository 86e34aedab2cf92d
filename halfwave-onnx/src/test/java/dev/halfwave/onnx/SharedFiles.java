package dev.halfwave.onnx;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Real data and other people's models, in the folder that HALFWAVE_DATA names, or {@code ../shared}. */
public final class SharedFiles {
    private SharedFiles() {}

    /** A file or folder of them; without it the test is skipped, or fails on a continuous-integration server. */
    public static Path of(String name) {
        Path repository = Path.of("").toAbsolutePath().getParent();
        Map<String, String> environment = System.getenv();
        Path shared = repository.resolve(environment.getOrDefault("HALFWAVE_DATA", "../shared"));
        Path file = shared.resolve(name).normalize();
        if (!Files.exists(file)) {
            String reason = file + ": expected it to be there; set HALFWAVE_DATA to the folder that has " + name;
            if ("true".equals(environment.get("CI"))) {
                throw new AssertionError(reason);
            }
            assumeTrue(false, reason);
        }
        return file;
    }
}
