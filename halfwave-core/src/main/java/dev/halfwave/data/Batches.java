package dev.halfwave.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch, in order.
 *
 * <p>A batch is valid until the next one is asked for: its arrays are then filled again. Use it from one thread at a
 * time, and close it; an epoch left before its end otherwise keeps its thread and buffers.
 */
public final class Batches implements Iterator<Batch>, AutoCloseable {
    private final BatchSource source;
    private final BatchSource.Buffers buffers;
    private final @Nullable ReadAhead readAhead;
    private int next;
    private boolean closed;

    Batches(BatchSource source, int first, int ahead) {
        this.source = source;
        this.next = first;
        this.buffers = source.buffers(first, ahead + 1);
        this.readAhead = ahead == 0 ? null : new ReadAhead(source, buffers, first, ahead);
    }

    /** Whether there is another batch; never after closing. */
    @Override
    public boolean hasNext() {
        return !closed && next < source.batches();
    }

    /**
     * The next batch, which ends the validity of the one before. What a sample's {@link Dataset#read} throws is thrown
     * here, unchanged, when the turn comes to the batch it is in, also if a background thread came upon it.
     *
     * @throws NoSuchElementException if there is no other batch
     * @throws java.util.concurrent.CancellationException if this thread is interrupted while it waits for the background thread
     */
    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException(
                    closed ? "batches: already closed" : "batches: the epoch has no more than " + source.batches());
        }
        Batch batch = buffers.of(next);
        if (readAhead != null) {
            readAhead.await(next);
        } else {
            source.fill(next, batch, () -> false);
        }
        next++;
        return batch;
    }

    /** The number in its epoch of the batch that {@link #next()} will give: what to start from when going on later. */
    public int position() {
        return next;
    }

    /** Stops the background thread, which ends with the sample at hand; afterwards nothing reads the dataset. */
    @Override
    public void close() {
        closed = true;
        if (readAhead != null) {
            readAhead.close();
        }
    }
}
