package dev.halfwave.kernel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets workers in on a call's tasks as long as there are any, and counts who is inside. Calls are told apart by a
 * number, so that a worker who comes late finds the gate closed, or that of another call.
 */
final class Gate {
    private static final long OPEN = 1L << 16;
    private static final long NEXT_CALL = 1L << 17;
    private static final long INSIDE = OPEN - 1;

    /** From the highest bits: the call, whether the gate is open, how many are inside. */
    private final AtomicLong state = new AtomicLong();

    /** Opens it for the next call; nobody may be inside. */
    void open() {
        state.set(call(state.get()) + NEXT_CALL + OPEN);
    }

    /** Lets nobody in any more. */
    void close() {
        state.getAndAdd(-OPEN);
    }

    boolean isEmpty() {
        return (state.get() & INSIDE) == 0;
    }

    /** Whether it is open for another call than the given one. */
    boolean isOpen(long lastCall) {
        long now = state.get();
        return (now & OPEN) != 0 && call(now) != lastCall;
    }

    /** Goes in; returns the call, or the given one if the gate is not open for another. */
    long enter(long lastCall) {
        while (true) {
            long now = state.get();
            if ((now & OPEN) == 0 || call(now) == lastCall) {
                return lastCall;
            }
            if (state.compareAndSet(now, now + 1)) {
                return call(now);
            }
        }
    }

    void leave() {
        state.getAndDecrement();
    }

    private static long call(long state) {
        return state & -NEXT_CALL;
    }
}
