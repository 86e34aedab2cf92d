package dev.halfwave.tuning;

import dev.halfwave.kernel.Algorithm;
import dev.halfwave.kernel.AlgorithmChoice;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvPass;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses convolutions' algorithms by timing them, once for each layer and direction, and remembers the winners.
 *
 * <pre>{@code
 * Tuning tuning = Tuning.in(Path.of("tuning.json"), pool, System.err::println);
 * Predictor predictor = model.predictor(pool, Providers.active().tuned(tuning.keepingFilters()));
 * }</pre>
 *
 * <p>A layer's algorithms run in turn on numbers of no meaning, on the program's own threads, for about a tenth of a
 * second once the code is compiled; the fastest is taken if it saves at least 5 % of what the one takes that the sizes
 * speak for, twice. Where only one algorithm fits, as with {@link dev.halfwave.kernel.Kernels#exact} kernels, nothing is measured.
 *
 * <p>A tuned program's last bits depend on what was chosen: on the cache file, and where that says nothing yet, on chance.
 * The same entries give the same bits every time. They are kept apart by the number of threads, the width of vectors, the
 * JDK and the processor; so although no kernel's bits depend on threads, another number of them may have other choices.
 * {@link #choices} are what to keep with a program that has to give the same bits later on, and {@link #prefer} takes
 * them back, for any number of threads.
 *
 * <p>Safe for use by several threads, of which one measures at a time.
 */
public final class Tuning implements AlgorithmChoice {
    private final @Nullable TuningFile file;
    private final String machine;
    private final Race race;
    private final Consumer<String> report;
    private final Map<String, Measurement> known = new HashMap<>();
    private final Map<String, String> chosen = new TreeMap<>();
    private boolean keeping;

    Tuning(@Nullable TuningFile file, Race race, Consumer<String> report) {
        this.file = file;
        this.race = race;
        this.report = report;
        machine = machine(race.threads());
        if (file != null) {
            TuningContent content = file.read();
            known.putAll(content.machines().getOrDefault(machine, Map.of()));
            keeping = content.replaceable();
            report(content.trouble());
        }
    }

    private void report(String trouble) {
        if (!trouble.isEmpty()) {
            report.accept("tuning: " + trouble);
        }
    }

    /**
     * A tuning that keeps its measurements in a file. What stands in a damaged or foreign one is ignored; nothing but a
     * tuning cache is ever replaced.
     *
     * @param file the cache, which need not exist
     * @param pool the threads that the programs will run on
     * @param report is told why the file is ignored, or why it could not be written
     */
    public static Tuning in(Path file, WorkerPool pool, Consumer<String> report) {
        return new Tuning(new TuningFile(file), new Race(pool, System::nanoTime), report);
    }

    /** A tuning that forgets its measurements with the process. */
    public static Tuning inMemory(WorkerPool pool) {
        return new Tuning(null, new Race(pool, System::nanoTime), text -> {});
    }

    /** What measurements hold for. */
    static String machine(int threads) {
        return threads + (threads == 1 ? " thread, " : " threads, ")
                + Providers.active().lanes() + " lanes, JDK " + Runtime.version() + ", " + Processor.name();
    }

    /** For programs whose filters change from run to run, as in training: packing them is part of the time. */
    @Override
    public BilinearKernel of(ConvPass pass, List<Algorithm> algorithms) {
        return choose(pass, algorithms, true);
    }

    /** The same tuning for programs that only predict: filters are packed once, so that counts for nothing. */
    public AlgorithmChoice keepingFilters() {
        return (pass, algorithms) -> choose(pass, algorithms, pass.direction() == ConvPass.Direction.BACKWARD_FILTERS);
    }

    /** All that was chosen or preferred so far: the names of algorithms by pass, in alphabetical order. */
    public synchronized Map<String, String> choices() {
        return new TreeMap<>(chosen);
    }

    /** Takes algorithms as {@link #choices} gave them, unmeasured, wherever they fit. */
    public synchronized void prefer(Map<String, String> choices) {
        chosen.putAll(choices);
    }

    private synchronized BilinearKernel choose(ConvPass pass, List<Algorithm> algorithms, boolean packing) {
        if (algorithms.size() == 1) {
            return algorithms.get(0).kernel();
        }
        String key = packing ? pass.toString() : pass + ", filters kept";
        return named(chosen.getOrDefault(key, ""), algorithms).orElseGet(() -> {
            Measurement measurement = measured(key, pass, algorithms, packing);
            chosen.put(key, measurement.algorithm());
            return named(measurement.algorithm(), algorithms).orElseThrow();
        });
    }

    private static Optional<BilinearKernel> named(String name, List<Algorithm> algorithms) {
        return algorithms.stream()
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst()
                .map(algorithm -> new MeasuredKernel(algorithm.kernel()));
    }

    private Measurement measured(String key, ConvPass pass, List<Algorithm> algorithms, boolean packing) {
        Set<String> names = algorithms.stream().map(Algorithm::name).collect(Collectors.toSet());
        Measurement before = known.get(key);
        if (before != null && before.compares(names)) {
            return before;
        }
        Measurement measurement = race.run(pass, algorithms, packing);
        known.put(key, measurement);
        keep(key, measurement);
        return measurement;
    }

    private void keep(String key, Measurement measurement) {
        if (file != null && keeping) {
            String trouble = file.add(machine, key, measurement);
            keeping = trouble.isEmpty(); // once is enough
            report(trouble);
        }
    }
}
