package dev.halfwave.cli;

import dev.halfwave.kernel.WorkerPool;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many threads a command computes on. */
final class Threads {
    private static final String OPTION = "--threads";
    private static final int MOST = 1024;

    @Option(
            names = OPTION,
            paramLabel = "N",
            description = "Threads to compute on; any number gives the same result (default: all processors).")
    private @Nullable Integer threads;

    /** That the number is one that can be had. */
    void check(Check check) {
        if (threads != null && (threads < 1 || threads > MOST)) {
            throw check.wrong(OPTION, "1 to " + MOST, threads);
        }
    }

    /** Does something on as many threads, which are given back at the end. */
    <T> T with(Function<WorkerPool, T> work) {
        if (threads == null) {
            return work.apply(WorkerPool.shared());
        }
        try (WorkerPool pool = new WorkerPool(threads)) {
            return work.apply(pool);
        }
    }
}
