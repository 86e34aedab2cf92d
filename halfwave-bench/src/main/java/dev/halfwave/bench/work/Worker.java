package dev.halfwave.bench.work;

import dev.halfwave.bench.peer.Peer;
import dev.halfwave.bench.peer.Peers;
import dev.halfwave.bench.peer.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that does one peer's share: commands come line by line on standard input, and each is answered by one line on standard
 * output that starts with {@link #ANSWER}. Whatever else libraries print there goes to standard error.
 *
 * <p>Commands: {@code title}; {@code check WORK THREADS FILE}, which writes results; {@code prepare WORK THREADS};
 * {@code round MILLIS LEAST}, which answers with a step's median milliseconds; {@code save WORK FILE}; {@code predict FILE SIZES}.
 */
public final class Worker {
    /** What answers start with. */
    public static final String ANSWER = "@halfwave ";

    /** What good answers go on with. */
    public static final String OK = "ok ";

    private static final int MOST_STEPS = 1_000_000;

    private final Peer peer;
    private @Nullable Running running;

    private Worker(Peer peer) {
        this.peer = peer;
    }

    /** Serves until the end of input; the argument names the peer. */
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Worker worker = null;
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String answer;
            try {
                worker = worker == null ? new Worker(Peers.named(args[0])) : worker;
                answer = OK + worker.answer(line.split(" "));
            } catch (Exception | LinkageError | OutOfMemoryError failure) { // the table says what it was
                failure.printStackTrace();
                answer = "failed " + reason(failure);
            }
            answers.println(ANSWER + answer);
        }
        System.exit(0); // some libraries leave threads behind
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause instanceof LinkageError) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return text.lines().findFirst().orElse(cause.toString());
    }

    private String answer(String[] words) throws IOException {
        return switch (words[0]) {
            case "title" -> peer.title();
            case "check" -> check(Works.of(words[1]), Integer.parseInt(words[2]), Path.of(words[3]));
            case "prepare" -> {
                running = Works.of(words[1]).timed(peer, Integer.parseInt(words[2]));
                yield "";
            }
            case "save" -> {
                coldStart(words[1]).save(peer, Path.of(words[2]));
                yield "";
            }
            case "predict" -> {
                ColdStart.predict(peer, words);
                yield "";
            }
            case "round" -> Double.toString(round(Double.parseDouble(words[1]), Integer.parseInt(words[2])));
            default -> throw new IllegalArgumentException("worker: expected a command, received " + words[0]);
        };
    }

    private static ColdStart coldStart(String key) {
        if (Works.of(key) instanceof ColdStart work) {
            return work;
        }
        throw new IllegalArgumentException("worker: expected a work that starts processes, received " + key);
    }

    private String check(Work work, int threads, Path file) throws IOException {
        List<float[]> results = new ArrayList<>();
        try (Running checked = work.checked(peer, threads)) {
            for (int i = 0; i < work.checkedSteps(); i++) {
                checked.step();
                results.add(checked.result());
            }
        }
        Results.write(results, file);
        return "";
    }

    /** The median of as many steps as fit, in milliseconds. */
    private double round(double millis, int least) {
        if (running == null) {
            throw new IllegalStateException("worker: expected prepare before round");
        }
        double[] times = new double[16];
        int count = 0;
        long start = System.nanoTime();
        for (long now = start; count < least || now - start < millis * 1e6 && count < MOST_STEPS; count++) {
            running.step();
            long end = System.nanoTime();
            times = count < times.length ? times : Arrays.copyOf(times, 2 * count);
            times[count] = (end - now) / 1e6;
            now = end;
        }
        return Median.of(Arrays.copyOf(times, count));
    }
}
