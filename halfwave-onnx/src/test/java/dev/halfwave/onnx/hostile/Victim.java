package dev.halfwave.onnx.hostile;

import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.OnnxModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of little memory that does everything to each file it is told of, and says how each ended. */
final class Victim {
    /** What a line starts with when a file ended as it may. */
    static final String FINE = "fine";

    /** What a line starts with when a file could not be read at all. */
    static final String UNREADABLE = "unreadable";

    /** The most work that a model is run for. */
    static final long MOST_FLOPS = 20_000_000;

    private Victim() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (WorkerPool pool = new WorkerPool(1)) {
            for (String file = in.readLine(); file != null; file = in.readLine()) {
                out.println(end(Path.of(file), pool).replaceAll("[\\r\\n]+", " ⏎ "));
            }
        }
    }

    private static String end(Path file, WorkerPool pool) {
        try {
            return FINE + " " + Exercise.all(() -> OnnxModel.load(file), pool, MOST_FLOPS);
        } catch (UncheckedIOException unreadable) {
            return UNREADABLE + " " + unreadable.getMessage();
        } catch (Throwable untyped) { // the very thing that must not come
            StringWriter trace = new StringWriter();
            untyped.printStackTrace(new PrintWriter(trace));
            return trace.toString().substring(0, Math.min(4000, trace.toString().length()));
        }
    }
}
