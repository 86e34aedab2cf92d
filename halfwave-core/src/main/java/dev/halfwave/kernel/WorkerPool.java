package dev.halfwave.kernel;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads that does numbered tasks: the caller and N − 1 daemon workers.
 *
 * <p>The tasks of one call are dealt out in contiguous bands, one to each thread; who has done his own helps the others.
 * Workers spin for a short while after a call, since the next layer usually follows within microseconds, and then
 * sleep. Calls from several threads take turns. Which thread does a task never changes its result; see
 * {@link BilinearKernel}.
 */
public final class WorkerPool implements AutoCloseable {
    /** How long a worker waits awake, in nanoseconds: longer than the gap between two layers, shorter than a batch. */
    private static final long SPIN_NANOS = 50_000;

    /**
     * How often the caller looks for its workers' results before it lets others run, as with more threads than cores.
     */
    private static final int SPINS_BEFORE_YIELD = 20_000;

    private final Worker[] workers;
    private final TaskBands bands;
    private final Gate gate = new Gate();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Object turn = new Object();
    private volatile boolean closed;
    private @Nullable Task<Object> task;
    private @Nullable Object context;

    /**
     * A pool of the given number of threads, the calling one included.
     *
     * @throws IllegalArgumentException if threads is not between 1 and 1024
     */
    public WorkerPool(int threads) {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads: expected 1 to 1024, received " + threads);
        }
        bands = new TaskBands(threads);
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

    @SuppressWarnings("unchecked") // the task is only ever called with the context that came along with it
    private <C> void spread(int tasks, Task<C> work, C with) {
        task = (Task<Object>) work;
        context = with;
        failure.set(null);
        bands.deal(tasks);
        gate.open();
        for (int i = 0; i < bands.count() - 1; i++) {
            workers[i].wake();
        }
        takeTasks(0);
        gate.close();
        waitForOthers();
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void takeTasks(int thread) {
        Task<Object> work = Objects.requireNonNull(task);
        Object with = Objects.requireNonNull(context);
        try {
            for (int i = bands.take(thread); i >= 0; i = bands.take(thread)) {
                work.run(with, i);
            }
        } catch (Throwable thrown) { // handed to the caller, who throws it
            failure.compareAndSet(null, thrown);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // with more threads than cores the awaited one may need this core
    private void waitForOthers() {
        for (int spins = 0; !gate.isEmpty(); spins++) {
            if (spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
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

    /** A thread that goes in whenever the gate is open. */
    private final class Worker extends Thread {
        private final int number;
        private volatile boolean asleep;
        private long lastCall;

        Worker(int number) {
            super("halfwave-worker-" + number);
            this.number = number;
            setDaemon(true);
        }

        void wake() {
            if (asleep) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            while (waitForWork()) {
                long call = gate.enter(lastCall);
                if (call != lastCall) {
                    lastCall = call;
                    takeTasks(number);
                    gate.leave();
                }
            }
        }

        private boolean waitForWork() {
            long start = System.nanoTime();
            while (!gate.isOpen(lastCall)) {
                if (closed) {
                    return false;
                }
                if (System.nanoTime() - start < SPIN_NANOS) {
                    Thread.onSpinWait();
                    continue;
                }
                asleep = true;
                if (!gate.isOpen(lastCall) && !closed) {
                    LockSupport.park(this);
                }
                asleep = false;
            }
            return true;
        }
    }
}
