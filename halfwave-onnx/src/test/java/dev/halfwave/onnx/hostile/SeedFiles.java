package dev.halfwave.onnx.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the seeds into a folder, where the fuzzer looks for them. */
public final class SeedFiles {
    private SeedFiles() {}

    /** Makes the folders that are arguments, and puts the seeds into the last one. */
    public static void main(String[] arguments) throws IOException {
        for (String argument : arguments) {
            Files.createDirectories(Path.of(argument));
        }
        Path folder = Path.of(arguments[arguments.length - 1]);
        for (Map.Entry<String, Sketch> seed : Seeds.all().entrySet()) {
            Files.write(folder.resolve(seed.getKey() + ".onnx"), seed.getValue().bytes());
        }
    }
}
