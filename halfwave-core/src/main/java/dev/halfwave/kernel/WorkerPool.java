package dev.halfwave.kernel;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads that does numbered tasks: the caller and N − 1 daemon workers.
 *
 * <p>The tasks of one call are dealt out in contiguous bands, one to each thread. Workers spin for a short while after
 * a call, since the next layer usually follows within microseconds, and then sleep. Calls from several threads take
 * turns. Which thread does a task never changes its result; see {@link BilinearKernel}.
 */
public final class WorkerPool implements AutoCloseable {
    /** How long a worker waits awake, in nanoseconds: longer than the gap between two layers, shorter than a batch. */
    private static final long SPIN_NANOS = 50_000;

    /**
     * How often the caller looks for its workers' results before it lets others run, as with more threads than cores.
     */
    private static final int SPINS_BEFORE_YIELD = 20_000;

    private final Worker[] workers;
    private final Object turn = new Object();
    private volatile boolean closed;

    /**
     * A pool of the given number of threads, the calling one included.
     *
     * @throws IllegalArgumentException if threads is not between 1 and 1024
     */
    public WorkerPool(int threads) {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads: expected 1 to 1024, received " + threads);
        }
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    /**
     * As many threads as this machine, or its container, has processors; {@code -Dhalfwave.threads} sets another
     * number.
     */
    public static int defaultThreads() {
        Integer asked = Integer.getInteger("halfwave.threads");
        return asked != null ? asked : Runtime.getRuntime().availableProcessors();
    }

    /** The pool that everything uses unless told otherwise; it is made on first use. */
    public static WorkerPool shared() {
        return Shared.POOL;
    }

    /** The number of threads, the caller's included. */
    public int threads() {
        return workers.length + 1;
    }

    /**
     * Does tasks {@code 0 … tasks − 1} and returns when all are done. Allocates nothing. Called from within a task of
     * this pool, it does the inner tasks on the same thread.
     *
     * @throws RuntimeException whatever a task threw first; the others are still completed or skipped before it is
     *     thrown
     */
    public <C> void run(int tasks, Task<C> task, C context) {
        if (closed) {
            throw new IllegalStateException("worker pool: expected an open pool, received a closed one");
        }
        if (tasks <= 1 || workers.length == 0 || Thread.currentThread() instanceof Worker || Thread.holdsLock(turn)) {
            for (int i = 0; i < tasks; i++) {
                task.run(context, i);
            }
            return;
        }
        synchronized (turn) {
            spread(tasks, task, context);
        }
    }

    private <C> void spread(int tasks, Task<C> task, C context) {
        int bands = Math.min(threads(), tasks);
        for (int band = 1; band < bands; band++) {
            workers[band - 1].give(task, context, start(band, bands, tasks), start(band + 1, bands, tasks));
        }
        Throwable failure = null;
        try {
            for (int i = 0; i < start(1, bands, tasks); i++) {
                task.run(context, i);
            }
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
        for (int band = 1; band < bands; band++) {
            Throwable thrown = workers[band - 1].await();
            failure = failure == null ? thrown : failure;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static int start(int band, int bands, int tasks) {
        return (int) ((long) tasks * band / bands);
    }

    /** Stops the workers; running tasks are completed first. */
    @Override
    public void close() {
        synchronized (turn) {
            closed = true;
            for (Worker worker : workers) {
                LockSupport.unpark(worker);
            }
        }
    }

    /**
     * One numbered task.
     *
     * @param <C> what the tasks of one call share
     */
    @FunctionalInterface
    public interface Task<C> {
        /** Does the task of the given number. */
        void run(C context, int task);
    }

    private static final class Shared {
        static final WorkerPool POOL = new WorkerPool(defaultThreads());
    }

    /** A thread with one slot for work; {@code pending} hands the slot over and back. */
    private final class Worker extends Thread {
        private volatile boolean pending;
        private volatile boolean asleep;
        private @Nullable Task<Object> task;
        private @Nullable Object context;
        private int from;
        private int to;
        private @Nullable Throwable failure;

        Worker(int number) {
            super("halfwave-worker-" + number);
            setDaemon(true);
        }

        @SuppressWarnings("unchecked") // the task is only ever called with the context that came along with it
        <C> void give(Task<C> work, C with, int first, int end) {
            task = (Task<Object>) work;
            context = with;
            from = first;
            to = end;
            failure = null;
            pending = true;
            if (asleep) {
                LockSupport.unpark(this);
            }
        }

        @SuppressWarnings("ThreadPriorityCheck") // with more threads than cores the awaited one may need this core
        @Nullable
        Throwable await() {
            for (int spins = 0; pending; spins++) {
                if (spins < SPINS_BEFORE_YIELD) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            return failure;
        }

        @Override
        public void run() {
            while (waitForWork()) {
                try {
                    Task<Object> work = task;
                    Object with = context;
                    for (int i = from; i < to && work != null && with != null; i++) {
                        work.run(with, i);
                    }
                } catch (Throwable thrown) { // handed to the caller, who throws it
                    failure = thrown;
                }
                pending = false;
            }
        }

        private boolean waitForWork() {
            long start = System.nanoTime();
            while (!pending) {
                if (closed) {
                    return false;
                }
                if (System.nanoTime() - start < SPIN_NANOS) {
                    Thread.onSpinWait();
                    continue;
                }
                asleep = true;
                if (!pending && !closed) {
                    LockSupport.park(this);
                }
                asleep = false;
            }
            return true;
        }
    }
}
