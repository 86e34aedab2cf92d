package dev.halfwave.graph;

import dev.halfwave.kernel.WorkerPool;
import java.util.List;

/** One piece of a compiled program: reads and writes slots of the frame it is run in, allocates nothing. */
@FunctionalInterface
public interface Step {
    /** Does the work. */
    void run(Frame frame);

    /** How it computes, in a word or two; empty where there is but one way. */
    default String algorithm() {
        return "";
    }

    /** The same step with the given {@link #algorithm}. */
    default Step by(String algorithm) {
        Step step = this;
        return new Step() {
            @Override
            public void run(Frame frame) {
                step.run(frame);
            }

            @Override
            public String algorithm() {
                return algorithm;
            }
        };
    }

    /** Numbered tasks, spread over the frame's threads. */
    static Step tasks(int tasks, WorkerPool.Task<Frame> task) {
        return frame -> frame.pool().run(tasks, task, frame);
    }

    /** A loop over {@code n} elements, cut into ranges of {@code grain}, whatever the number of threads. */
    static Step ranges(int n, int grain, Range range) {
        int tasks = Math.max(1, (n + grain - 1) / grain);
        return tasks(tasks, (frame, task) -> range.run(frame, task * grain, Math.min(n, (task + 1) * grain)));
    }

    /** Several steps, one after the other. */
    static Step sequence(Step... steps) {
        List<Step> all = List.of(steps);
        return frame -> {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).run(frame);
            }
        };
    }

    /** Work on elements {@code [from, to)}. */
    @FunctionalInterface
    interface Range {
        /** Does the work. */
        void run(Frame frame, int from, int to);
    }
}
