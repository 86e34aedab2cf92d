package dev.halfwave.tuning;

import dev.halfwave.kernel.Algorithm;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvPass;
import dev.halfwave.kernel.WorkerPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Times algorithms for the same pass on the same operands, in turn, so that whatever else the machine does meets all of
 * them.
 *
 * <p>Each is first run until it no longer becomes faster, so that it is compiled; the first time an algorithm comes up in
 * a process that takes longer. One that beats the first has to do so again in a race of the two: when code is compiled
 * anew, an algorithm can be slow for a while.
 */
final class Race {
    /** How long an algorithm must not have become faster to count as warm. */
    private static final long SETTLED_NANOS = 12_000_000;

    private static final long FIRST_SETTLED_NANOS = 300_000_000;
    private static final long LONGEST_WARM_UP_NANOS = 3_000_000_000L;
    private static final int LEAST_WARM_UPS = 3;
    private static final double FASTER = 0.9;

    /** The time that all rounds take together, unless that is too few. */
    private static final long ROUNDS_NANOS = 50_000_000;

    private static final int LEAST_ROUNDS = 5;
    private static final int MOST_ROUNDS = 200;

    private final WorkerPool pool;
    private final LongSupplier clock;
    private final Set<String> warm = new HashSet<>();

    /** @param clock tells nanoseconds */
    Race(WorkerPool pool, LongSupplier clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** The threads that it runs on. */
    int threads() {
        return pool.threads();
    }

    /**
     * Times the algorithms.
     *
     * @param packing whether packing the second operand counts
     */
    Measurement run(ConvPass pass, List<Algorithm> algorithms, boolean packing) {
        Map<String, BilinearKernel> kernels = new LinkedHashMap<>();
        algorithms.forEach(algorithm -> kernels.put(algorithm.name(), algorithm.kernel()));
        Workload work = new Workload(pass, kernels.values(), packing, pool);
        kernels.forEach((name, kernel) -> {
            boolean first = warm.add(pass.direction() + name);
            warmUp(() -> work.run(kernel), first ? FIRST_SETTLED_NANOS : SETTLED_NANOS);
        });
        String first = algorithms.get(0).name();
        Map<String, Double> times = microseconds(kernels, work);
        String winner = Measurement.winner(times);
        if (!winner.equals(first)) {
            Map<String, Double> again = microseconds(only(kernels, first, winner), work);
            times.putAll(again);
            winner = Measurement.winner(again);
        }
        return new Measurement(winner, times);
    }

    private static Map<String, BilinearKernel> only(Map<String, BilinearKernel> kernels, String... names) {
        Map<String, BilinearKernel> some = new LinkedHashMap<>(kernels);
        some.keySet().retainAll(List.of(names));
        return some;
    }

    /** The median time of each in rounds in which all take their turn. */
    private Map<String, Double> microseconds(Map<String, BilinearKernel> kernels, Workload work) {
        Map<String, List<Long>> times = new LinkedHashMap<>();
        long start = clock.getAsLong();
        for (int round = 0; goesOn(round, start); round++) {
            kernels.forEach((name, kernel) ->
                    times.computeIfAbsent(name, n -> new ArrayList<>()).add(nanos(() -> work.run(kernel))));
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((name, nanos) -> medians.put(name, median(nanos) / 1e3));
        return medians;
    }

    private boolean goesOn(int rounds, long start) {
        return rounds < LEAST_ROUNDS || rounds < MOST_ROUNDS && clock.getAsLong() - start < ROUNDS_NANOS;
    }

    private void warmUp(Runnable run, long settled) {
        long start = clock.getAsLong();
        long now = start;
        long improved = start;
        long best = Long.MAX_VALUE;
        for (int runs = 0;
                runs < LEAST_WARM_UPS || now - improved < settled && now - start < LONGEST_WARM_UP_NANOS;
                runs++) {
            long nanos = nanos(run);
            now = clock.getAsLong();
            if (nanos < FASTER * best) {
                best = nanos;
                improved = now;
            }
        }
    }

    private long nanos(Runnable run) {
        long before = clock.getAsLong();
        run.run();
        return clock.getAsLong() - before;
    }

    private static double median(List<Long> nanos) {
        Collections.sort(nanos);
        int middle = nanos.size() / 2;
        return nanos.size() % 2 == 1 ? nanos.get(middle) : (nanos.get(middle - 1) + nanos.get(middle)) / 2.0;
    }
}
