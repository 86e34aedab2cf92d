package dev.halfwave.compile;

import java.util.Arrays;

/**
 * Memory in which sessions take turns, such as those for whole batches and for the last, smaller one: it is as large as
 * the largest of them needs.
 *
 * <p>What a session has computed is there until another one runs in the same workspace. Like a session, a workspace
 * belongs to one thread at a time.
 */
public final class Workspace {
    private static final float[] NONE = new float[0];

    private float[] array = NONE;

    /** Holds nothing until a session needs it. */
    public Workspace() {}

    /** How much memory it holds. */
    public long bytes() {
        return 4L * array.length;
    }

    void reserve(int floats) {
        if (array.length < floats) {
            array = NONE; // free before its successor is asked for
            array = new float[floats];
        }
    }

    float[] array() {
        return array;
    }

    void poison() {
        Arrays.fill(array, Float.NaN);
    }
}
