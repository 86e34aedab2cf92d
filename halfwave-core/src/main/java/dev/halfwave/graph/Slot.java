package dev.halfwave.graph;

/**
 * Where a tensor lies while a program runs. Its array is the {@link Frame}'s to say, its offset is fixed once planned.
 */
public interface Slot {
    /** The index of the first element in the array that {@link Frame#array} returns. */
    int offset();
}
