package dev.halfwave.data;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that fills batches before they are asked for.
 *
 * <p>The consumer works on batch {@code held} while the thread may be as far as {@code held + ahead}; with {@code ahead
 * + 1} buffers in the ring no two of these share one.
 */
final class ReadAhead {
    private final BatchSource source;
    private final BatchSource.Buffers buffers;
    private final int ahead;
    private final Thread thread;
    private final Object lock = new Object();
    private int filled;
    private int held;
    private @Nullable Throwable failure;
    private volatile boolean stopped;

    ReadAhead(BatchSource source, BatchSource.Buffers buffers, int first, int ahead) {
        this.source = source;
        this.buffers = buffers;
        this.ahead = ahead;
        this.filled = first;
        this.held = first - 1;
        this.thread = new Thread(this::run, "halfwave-batches");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the batch is filled, and lets the buffer of the one before it be filled again. */
    void await(int number) {
        synchronized (lock) {
            held = number;
            lock.notifyAll();
            waitUntil(
                    () -> filled > number || failure != null, "batches: interrupted while waiting for batch " + number);
            if (filled <= number) {
                rethrow(failure);
            }
        }
    }

    /** Ends the thread and waits for its end, so that the dataset may be closed afterwards. */
    void close() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (int number = filled; number < source.batches() && awaitRoom(number); number++) {
                if (!source.fill(number, buffers.of(number), () -> stopped)) {
                    return;
                }
                synchronized (lock) {
                    filled = number + 1;
                    lock.notifyAll();
                }
            }
        } catch (RuntimeException | Error e) {
            synchronized (lock) {
                failure = e;
                lock.notifyAll();
            }
        }
    }

    /** Waits until the buffer for a batch is free; whether to go on. */
    private boolean awaitRoom(int number) {
        synchronized (lock) {
            waitUntil(() -> stopped || number <= held + ahead, "batches: the background thread was interrupted");
            return !stopped;
        }
    }

    /** Waits, holding the lock, for the other thread to bring something about. */
    private void waitUntil(BooleanSupplier come, String interrupted) {
        try {
            while (!come.getAsBoolean()) {
                lock.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException(interrupted);
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
