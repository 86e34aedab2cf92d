package dev.halfwave.cli;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.OnnxModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code halfwave bench}: times a model here, or builds the benchmarks and runs them, all in other processes. */
@Command(
        name = "bench",
        description = "Time an ONNX model, or Halfwave and other libraries side by side: one table, one file.",
        sortOptions = false,
        footer = {
            "",
            "The other libraries (PyTorch, ONNX Runtime, Deeplearning4j) are downloaded by Maven on first use, about",
            "1 GB. Each runs in a process of its own; ratios are its time over Halfwave's.",
            "",
            "Example: halfwave bench --peers --quick --json results.json",
            "         halfwave bench --growth --quick",
            "         halfwave bench model.onnx --batch 8",
            "         halfwave bench --watch"
        })
final class Bench implements Callable<Integer> {
    private static final String WATCHED = "lenet";
    private static final int PAIRS = 40;
    private static final int QUICK_PAIRS = 5;
    private static final String RUNNER = "dev.halfwave.bench.side.SideBySide";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "An ONNX model to time alone, without peers.")
    private @Nullable Path file;

    @Option(names = "--batch", paramLabel = "N", description = "The model's batch (default: ${DEFAULT-VALUE}).")
    private int batch = 1;

    @Mixin
    private Exactness exactness = new Exactness();

    @Mixin
    private TuneOptions tune = new TuneOptions();

    @Option(names = "--peers", description = "Run other libraries beside Halfwave.")
    private boolean peers;

    @Option(
            names = "--growth",
            description = "Show how Halfwave's time grows with the batch, the image and the threads.")
    private boolean growth;

    @Option(names = "--java", paramLabel = "HOME", description = "With --growth: another JDK to show beside this one.")
    private @Nullable Path java;

    @Option(names = "--watch", description = "What watching for dead units costs in training.")
    private boolean watch;

    @Option(names = "--quick", description = "The most telling works in short rounds, within 12 minutes.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "WORK",
            description = "Only works whose name and batch contain this, as in lenet@64.")
    private @Nullable String only;

    @Option(names = "--json", paramLabel = "OUT", description = "Also write the results to this file.")
    private @Nullable Path json;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads each may use (default: ${DEFAULT-VALUE}).")
    private int threads = 2;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Check check = new Check(spec.commandLine());
        check.positive("--threads", threads);
        check.positive("--batch", batch);
        long asked = Stream.of(file != null, peers, growth, watch)
                .filter(each -> each)
                .count();
        if (asked != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected one of a model to time, --peers, --growth or --watch, received "
                            + (asked == 0 ? "none" : "several") + "; see halfwave bench --help");
        }
        if (watch) {
            return watch();
        }
        return file == null ? beside() : alone(file);
    }

    private int alone(Path model) throws IOException {
        try (WorkerPool pool = new WorkerPool(threads)) {
            Console console = Console.of(spec, false);
            Kernels kernels = tune.kernels(exactness.kernels(), pool, console);
            ModelTiming timing = ModelTiming.of(OnnxModel.load(model), batch, kernels, pool);
            console.result(Map.of(), timing.line(threads));
            if (json != null) {
                Files.writeString(json, Json.line(timing.object(threads)) + System.lineSeparator());
            }
        }
        return 0;
    }

    private int watch() throws IOException {
        try (WorkerPool pool = new WorkerPool(threads)) {
            WatchCost cost = WatchCost.of(WATCHED, quick ? QUICK_PAIRS : PAIRS, pool);
            Console.of(spec, false).result(Map.of(), cost.line(threads));
            if (json != null) {
                Files.writeString(json, Json.line(cost.object(threads)) + System.lineSeparator());
            }
        }
        return 0;
    }

    private int beside() throws IOException, InterruptedException {
        Checkout checkout = Checkout.find()
                .orElseThrow(() -> new IllegalStateException("bench: expected Halfwave's sources, which the peers are"
                        + " built from, received none around this program or the working directory; run it from a"
                        + " checkout"));
        Path directory = checkout.root().resolve("target").resolve("bench");
        Files.createDirectories(directory);
        Path built = build(checkout, directory);
        return new ProcessBuilder(command(checkout, built)).inheritIO().start().waitFor();
    }

    /** Its own copy, since the runner rebuilds the modules of the peers and what they stand on. */
    private Path build(Checkout checkout, Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("runner.log");
        Path built = directory.resolve("runner");
        List<String> arguments =
                List.of("-B", "-q", "-Ppeers", "-Dhalfwave.quick=" + built, "-pl", ":halfwave-bench", "-am", "package");
        Console.of(spec, false).say("halfwave bench: building…");
        if (!checkout.maven(log, arguments)) {
            throw new IllegalStateException("bench: expected Maven to build the benchmarks, received a failure; what it"
                    + " said is in " + log);
        }
        return built.resolve("halfwave-bench");
    }

    private List<String> command(Checkout checkout, Path built) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-cp", classPath(built), RUNNER, "--root", checkout.root().toString()));
        command.addAll(List.of("--threads", Integer.toString(threads)));
        command.add(growth ? "--growth" : "--peers");
        if (java != null) {
            command.addAll(List.of("--java", java.toAbsolutePath().toString()));
        }
        if (quick) {
            command.add("--quick");
        }
        if (only != null) {
            command.addAll(List.of("--only", only));
        }
        if (json != null) {
            command.addAll(List.of("--json", json.toString()));
        }
        return command;
    }

    private static String classPath(Path built) throws IOException {
        try (Stream<Path> files = Files.list(built)) {
            String jars = files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .collect(Collectors.joining(File.pathSeparator));
            return jars
                    + File.pathSeparator
                    + Files.readString(built.resolve("classpath")).strip();
        }
    }
}
