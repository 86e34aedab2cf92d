package dev.halfwave.bench.side;

import dev.halfwave.bench.peer.Peers;
import dev.halfwave.bench.work.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A worker in a process of its own, asked one thing at a time. */
final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String GONE = "";
    private static final Map<String, String> REUSE_MEMORY =
            Map.of("MALLOC_MMAP_THRESHOLD_", "4294967296", "MALLOC_TRIM_THRESHOLD_", "17179869184");

    private final String peer;
    private final Path log;
    private final Process process;
    private final PrintStream commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private Child(String peer, Path log, Process process) {
        this.peer = peer;
        this.log = log;
        this.process = process;
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "answers of " + peer);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a worker for a peer.
     *
     * @param java the home of the Java that it runs on
     * @param classPath what it runs on
     * @param options more options for its Java
     * @param reuseMemory whether the C library keeps what is freed for the next call, as PyTorch's tuning guide advises: without it, every
     *     large array is new to the system, and a rectifier takes ten times as long
     * @param directory for its log and whatever libraries unpack
     */
    static Child start(
            String peer,
            Path java,
            String classPath,
            int threads,
            List<String> options,
            boolean reuseMemory,
            Path directory)
            throws IOException {
        Path log = directory.resolve(peer + ".log");
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin").resolve("java").toString());
        command.add("-XX:MaxRAMPercentage=50");
        command.addAll(options);
        // Peers have no use for it, and would start more slowly.
        if (Peers.isAtHome(peer)
                && ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent()) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        command.add("-Dhalfwave.threads=" + threads);
        // DJL would otherwise unpack into the home directory, look for files on the net, and count its users there.
        command.add("-DDJL_CACHE_DIR=" + directory.resolve("djl"));
        command.addAll(List.of("-Doffline=true", "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
        command.addAll(List.of("-cp", classPath, Worker.class.getName(), peer));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Stream.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
                .forEach(name -> builder.environment().put(name, Integer.toString(threads)));
        if (reuseMemory) {
            builder.environment().putAll(REUSE_MEMORY);
        }
        return new Child(peer, log, builder.start());
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Worker.ANSWER)) {
                    answers.add(line.substring(Worker.ANSWER.length()));
                }
            }
        } catch (IOException e) { // the process was ended
        }
        answers.add(GONE);
    }

    /** Gives a command whose answer is fetched later. */
    void tell(String command) {
        commands.println(command);
    }

    /**
     * The answer to the command given last.
     *
     * @throws PeerException if there is none, or it says why not
     */
    String answer(Duration left) {
        Duration patience = left.compareTo(PATIENCE) < 0 ? left : PATIENCE;
        String answer;
        try {
            answer = answers.poll(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted");
        }
        if (answer == null) {
            throw new PeerException(peer + " gave no answer within " + patience.toSeconds() + " s");
        } else if (answer.equals(GONE)) {
            throw new PeerException(peer + "'s process ended early; its last words are in " + log);
        } else if (!answer.startsWith(Worker.OK)) {
            throw new PeerException(answer.substring(answer.indexOf(' ') + 1));
        }
        return answer.substring(Worker.OK.length());
    }

    String ask(String command, Duration left) {
        tell(command);
        return answer(left);
    }

    /** The most memory the process has had so far, in MiB, as the system counts it. */
    double peakMemory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow(() -> new PeerException("the system does not say how much memory a process had"));
        } catch (IOException | UncheckedIOException e) {
            throw new PeerException("peak memory is only known on Linux");
        }
    }

    /** Lets the worker come to its end by itself. */
    void end() {
        commands.close();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted");
        }
    }

    @Override
    public void close() {
        commands.close();
        process.destroyForcibly();
        process.onExit().join();
    }
}
