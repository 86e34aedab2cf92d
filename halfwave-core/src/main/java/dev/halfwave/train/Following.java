package dev.halfwave.train;

import dev.halfwave.kernel.WorkerPool;
import java.util.List;

/** Numbers that go a share of the way to others now and then: {@code slow += share·(fast − slow)}. */
final class Following {
    private final float[] slow;
    private final float[] fast;
    private final List<UpdateSite.Span> tasks;
    private final WorkerPool pool;
    private float share;
    private boolean pulling;

    Following(float[] slow, float[] fast, List<UpdateSite.Span> tasks, WorkerPool pool) {
        this.slow = slow;
        this.fast = fast;
        this.tasks = tasks;
        this.pool = pool;
    }

    /** Where they are that follow. */
    float[] slow() {
        return slow;
    }

    /** Puts the slow ones where the fast ones are. */
    void start() {
        System.arraycopy(fast, 0, slow, 0, slow.length);
    }

    /**
     * Makes a step.
     *
     * @param pulls whether the fast ones are then set to the slow ones
     */
    void step(double towards, boolean pulls) {
        share = (float) towards;
        pulling = pulls;
        pool.run(tasks.size(), Following::step, this);
    }

    private void step(int task) {
        UpdateSite.Span span = tasks.get(task);
        for (int i = span.from(); i < span.from() + span.n(); i++) {
            slow[i] += share * (fast[i] - slow[i]); // where both are equal, no bit changes
        }
        if (pulling) {
            System.arraycopy(slow, span.from(), fast, span.from(), span.n());
        }
    }
}
