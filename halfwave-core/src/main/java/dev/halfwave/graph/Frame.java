package dev.halfwave.graph;

import dev.halfwave.kernel.WorkerPool;

/** What a step runs in: the arrays of one caller, its threads, and the key of its random numbers. */
public interface Frame {
    /** The array that holds a slot. */
    float[] array(Slot slot);

    /** The threads to divide work among. */
    WorkerPool pool();

    /** What keys everything random in this run; another key for every training step. */
    long randomKey();
}
