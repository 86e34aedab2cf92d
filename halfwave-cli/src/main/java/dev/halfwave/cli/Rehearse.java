package dev.halfwave.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code halfwave rehearse}: runs the other commands on very little, and throws away what they make. The launcher keeps
 * the classes that are loaded on the way for faster starts.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Run every command once on next to nothing.",
        footer = {"", "Example: halfwave rehearse"})
final class Rehearse implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("halfwave-rehearsal");
        String model = folder.resolve("model.onnx").toString();
        String image = folder.resolve("sample.png").toString();
        String picture = folder.resolve("rectified.png").toString();
        try {
            return Stream.of(
                            List.of("train", "--limit", "128", "--epochs", "1", "--out", folder.toString()),
                            List.of("evaluate", "--limit", "20", "--model", model),
                            List.of("sample", "--out", image),
                            List.of("predict", "--json", "--model", model, image),
                            List.of("predict", "--model", model, image),
                            List.of("rectify", image, "--out", picture),
                            List.of("info", "--model", model, "--explain"),
                            List.of("--help"))
                    .mapToInt(arguments -> run(arguments.toArray(String[]::new)))
                    .max()
                    .orElseThrow();
        } finally {
            delete(folder);
        }
    }

    private static int run(String... arguments) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return ErrorReport.execute(
                Halfwave.commandLine(arguments).setOut(nowhere).setErr(nowhere), arguments);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
