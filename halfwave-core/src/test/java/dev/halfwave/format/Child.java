package dev.halfwave.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process of a test's own, which can be killed at any moment; it shares the test's error output. */
final class Child implements AutoCloseable {
    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /** Starts a class of the tests with at most {@code megabytes} of heap. */
    static Child start(int megabytes, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits for the next line of output. */
    String line() throws IOException {
        InputStream output = process.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = output.read(); next != '\n'; next = output.read()) {
            assertThat(next).as("output after \"%s\"", line).isNotNegative();
            line.append((char) next);
        }
        return line.toString();
    }

    /** Kills the process and returns the output not read yet, up to the last whole line. */
    String kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly(); // the Process itself would close the output as well
        process.waitFor();
        return rest();
    }

    /** The output not read yet, up to the last whole line, after the process has ended. */
    String rest() throws IOException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.substring(0, output.lastIndexOf('\n') + 1);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Kills the process if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What a child calls to print one line at once. */
    static void announce(Object line) throws IOException {
        System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
