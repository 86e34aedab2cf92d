package dev.halfwave.format;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes a {@link Seal} in a thread of its own, so that a file is read and understood meanwhile: in a young process SHA-256
 * runs uncompiled, and takes longer than all the rest.
 */
final class SealThread implements AutoCloseable {
    /** Reading waits for the sum when it is this many pieces ahead, so that no more of them are in memory. */
    private static final int MOST_AHEAD = 128;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private boolean ended;
    private @Nullable String hex;
    private @Nullable Throwable failure;

    SealThread() {
        Thread thread = new Thread(this::take, "halfwave seal");
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds bytes to the sum; the array may change afterwards. */
    void update(byte[] bytes, int count) {
        byte[] piece = Arrays.copyOf(bytes, count);
        lock.lock();
        try {
            while (pieces.size() >= MOST_AHEAD && failure == null) {
                changed.awaitUninterruptibly(); // a thread that was interrupted may still have to load a checkpoint
            }
            pieces.add(piece);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The sum over all bytes, as lower case digits; nothing can be added any more. */
    String hex() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
            while (hex == null) {
                if (failure != null) {
                    throw new IllegalStateException("seal: expected a sum, received " + failure, failure);
                }
                changed.awaitUninterruptibly();
            }
            return hex;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the thread end, whether or not anybody wanted the sum. */
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void take() {
        try {
            Seal seal = new Seal();
            for (byte[] piece = next(); piece != null; piece = next()) {
                seal.update(piece, piece.length);
            }
            end(seal.hex(), null);
        } catch (RuntimeException | Error e) { // whoever waits for the sum throws it
            end(null, e);
        }
    }

    private void end(@Nullable String sum, @Nullable Throwable reason) {
        lock.lock();
        try {
            hex = sum;
            failure = reason;
            pieces.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] next() {
        lock.lock();
        try {
            while (pieces.isEmpty() && !ended) {
                changed.awaitUninterruptibly();
            }
            changed.signalAll();
            return pieces.poll();
        } finally {
            lock.unlock();
        }
    }
}
