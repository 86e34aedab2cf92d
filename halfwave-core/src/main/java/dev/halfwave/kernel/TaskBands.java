package dev.halfwave.kernel;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The tasks of one call, dealt out to threads in contiguous bands: neighbouring tasks share data. Whoever has done his
 * own takes from what others have not begun, so that nobody waits for a thread that the system has put aside.
 */
final class TaskBands {
    /** Ints in a cache line: each counter has one of its own. */
    private static final int LINE = 16;

    private final AtomicIntegerArray next;
    private final int[] ends;
    private int count;

    TaskBands(int threads) {
        next = new AtomicIntegerArray(threads * LINE);
        ends = new int[threads];
    }

    /** Deals out tasks {@code 0 … tasks − 1}; nobody may take any meanwhile. */
    void deal(int tasks) {
        count = Math.min(ends.length, tasks);
        for (int band = 0; band < count; band++) {
            next.setPlain(band * LINE, start(band, tasks));
            ends[band] = start(band + 1, tasks);
        }
    }

    private int start(int band, int tasks) {
        return (int) ((long) tasks * band / count);
    }

    /** How many threads have a band. */
    int count() {
        return count;
    }

    /** The next task for a thread: of its own band, or of another's; −1 if all are taken. */
    int take(int thread) {
        for (int i = 0; i < count; i++) {
            int band = (thread + i) % count;
            if (next.getPlain(band * LINE) < ends[band]) {
                int task = next.getAndIncrement(band * LINE);
                if (task < ends[band]) {
                    return task;
                }
            }
        }
        return -1;
    }
}
