package dev.halfwave.onnx.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Gives files to a {@link Victim} with 256 MB of heap, one after the other, and waits for each only so long. */
final class Trial implements AutoCloseable {
    /** More processor time than the second that a file may take: machines differ. */
    private static final int MOST_SECONDS = 10;

    /** How long a file may take by the clock, on machines that do other things at the same time. */
    private static final int MOST_WAITING = 60;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Process process;
    private final PrintWriter in;

    private Trial() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Dhalfwave.kernels=scalar",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "victim");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
            lines.add("the process has ended");
        } catch (IOException killed) {
            lines.add("the process has ended");
        }
    }

    /**
     * Tries all files.
     *
     * @return how each ended, by its name
     * @throws AssertionError if one ended as none may, with the names of all that did
     */
    static Map<String, String> of(Iterable<Path> files) throws IOException, InterruptedException {
        Map<String, String> ends = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        List<String> slow = new ArrayList<>();
        Trial trial = new Trial();
        for (Path file : files) {
            long start = trial.millis();
            String end = trial.end(file, start);
            long millis = trial.millis() - start;
            if (millis > 1000) {
                slow.add(file.getFileName() + " took " + millis + " ms");
            }
            if (!end.startsWith(Victim.FINE) && !end.startsWith(Victim.UNREADABLE)) {
                failures.add(file.getFileName() + ": " + end);
                if (!trial.process.isAlive() || end.startsWith("no end")) {
                    trial.close();
                    trial = new Trial();
                }
            }
            ends.put(file.getFileName().toString(), end);
        }
        trial.close();
        System.out.println(ends.size() + " hostile files, slower than a second: " + slow);
        assertThat(failures).as("files that end as none may").isEmpty();
        return ends;
    }

    private String end(Path file, long start) throws InterruptedException {
        in.println(file);
        for (int second = 0; second < MOST_WAITING; second++) {
            String line = lines.poll(1, TimeUnit.SECONDS);
            if (line != null) {
                return line;
            }
            if (millis() - start > MOST_SECONDS * 1000L) {
                break;
            }
        }
        return "no end within " + MOST_SECONDS + " seconds";
    }

    /** The process's processor time, or where there is no saying the time by the clock. */
    private long millis() {
        return process.info()
                .totalCpuDuration()
                .orElse(Duration.ofNanos(System.nanoTime()))
                .toMillis();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
