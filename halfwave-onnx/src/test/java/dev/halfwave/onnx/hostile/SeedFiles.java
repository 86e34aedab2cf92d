package dev.halfwave.onnx.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the seeds into a folder, where the fuzzer looks for them. */
public final class SeedFiles {
    private SeedFiles() {}

    /** The folder is the only argument. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Map.Entry<String, Sketch> seed : Seeds.all().entrySet()) {
            Files.write(folder.resolve(seed.getKey() + ".onnx"), seed.getValue().bytes());
        }
    }
}
