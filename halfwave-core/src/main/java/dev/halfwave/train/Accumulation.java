package dev.halfwave.train;

import dev.halfwave.kernel.WorkerPool;
import java.util.List;

/** The mean gradient of several batches in a row. */
final class Accumulation {
    private final float[] sum;
    private final List<UpdateSite.Span> tasks;
    private final WorkerPool pool;
    private float[] gradients = new float[0];
    private boolean first;
    private float share;
    private float scale;

    Accumulation(float[] sum, List<UpdateSite.Span> tasks, WorkerPool pool) {
        this.sum = sum;
        this.tasks = tasks;
        this.pool = pool;
    }

    /**
     * Takes in one batch.
     *
     * @param isFirst whether it begins a new sum
     * @param batches the batch's size as a share of a whole batch's
     */
    void add(float[] slopes, boolean isFirst, double batches) {
        gradients = slopes;
        first = isFirst;
        share = (float) batches;
        pool.run(tasks.size(), Accumulation::add, this);
    }

    /** The mean over so many whole batches, which takes the sum's place. */
    float[] mean(double batches) {
        scale = (float) (1 / batches);
        pool.run(tasks.size(), Accumulation::scale, this);
        return sum;
    }

    private void add(int task) {
        UpdateSite.Span span = tasks.get(task);
        int end = span.from() + span.n();
        for (int i = span.from(); i < end; i++) {
            sum[i] = (first ? 0 : sum[i]) + share * gradients[i];
        }
    }

    private void scale(int task) {
        UpdateSite.Span span = tasks.get(task);
        for (int i = span.from(); i < span.from() + span.n(); i++) {
            sum[i] *= scale;
        }
    }
}
