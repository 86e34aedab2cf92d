package dev.halfwave.train;

import dev.halfwave.kernel.WorkerPool;
import java.util.List;

/**
 * Keeps gradients short. The norm is summed up in double precision, task by task and then over the tasks in order, so that
 * it does not depend on the number of threads.
 */
final class Clipping {
    private final double longest;
    private final float largest;
    private final List<UpdateSite.Span> tasks;
    private final WorkerPool pool;
    private final double[] squares;
    private float[] gradients = new float[0];
    private float scale;

    /**
     * @param longest the largest norm; infinite for any
     * @param largest the largest size of one slope; infinite for any
     */
    Clipping(double longest, double largest, List<UpdateSite.Span> tasks, WorkerPool pool) {
        this.longest = longest;
        this.largest = (float) largest;
        this.tasks = tasks;
        this.pool = pool;
        this.squares = new double[tasks.size()];
    }

    /** Changes gradients where they are too large: first by value, then by norm. */
    void apply(float[] slopes) {
        gradients = slopes;
        if (largest < Float.POSITIVE_INFINITY) {
            pool.run(tasks.size(), Clipping::cut, this);
        }
        if (longest < Double.POSITIVE_INFINITY) {
            double norm = norm();
            if (norm > longest) {
                scale = (float) (longest / norm);
                pool.run(tasks.size(), Clipping::shorten, this);
            }
        }
    }

    private double norm() {
        pool.run(tasks.size(), Clipping::square, this);
        double sum = 0;
        for (double part : squares) {
            sum += part;
        }
        return Math.sqrt(sum);
    }

    private void square(int task) {
        UpdateSite.Span span = tasks.get(task);
        double sum = 0;
        for (int i = span.from(); i < span.from() + span.n(); i++) {
            sum += (double) gradients[i] * gradients[i];
        }
        squares[task] = sum;
    }

    private void cut(int task) {
        UpdateSite.Span span = tasks.get(task);
        for (int i = span.from(); i < span.from() + span.n(); i++) {
            gradients[i] = Math.max(-largest, Math.min(largest, gradients[i]));
        }
    }

    private void shorten(int task) {
        UpdateSite.Span span = tasks.get(task);
        for (int i = span.from(); i < span.from() + span.n(); i++) {
            gradients[i] *= scale;
        }
    }
}
