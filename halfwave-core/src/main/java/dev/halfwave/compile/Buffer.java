package dev.halfwave.compile;

import dev.halfwave.graph.Slot;

/** A stretch of memory with the steps during which it is in use. Its offset is known once the program is planned. */
final class Buffer implements Slot {
    private Space space;
    private final int number;
    private final int floats;
    private int offset;
    private int first;
    private int last;

    private Buffer(Space space, int number, int floats, int offset) {
        this.space = space;
        this.number = number;
        this.floats = floats;
        this.offset = offset;
    }

    /** Memory of the arena, whose place is still to be planned, in use from one step on. */
    static Buffer arena(int floats, int first) {
        Buffer buffer = new Buffer(Space.ARENA, 0, floats, 0);
        buffer.first = first;
        buffer.last = first;
        return buffer;
    }

    /** A place that is known from the start. */
    static Buffer fixed(Space space, int floats, int offset) {
        return new Buffer(space, 0, floats, offset);
    }

    /** The whole of an array that the caller feeds in. */
    static Buffer input(int number, int floats) {
        return new Buffer(Space.INPUT, number, floats, 0);
    }

    Space space() {
        return space;
    }

    /** Which input it is; 0 elsewhere. */
    int number() {
        return number;
    }

    int floats() {
        return floats;
    }

    @Override
    public int offset() {
        return offset;
    }

    void place(int at) {
        offset = at;
    }

    /** The first step that writes it. */
    int first() {
        return first;
    }

    /** The last step that reads it. */
    int last() {
        return last;
    }

    void useUntil(int step) {
        last = Math.max(last, step);
    }

    /** Whether it is the arena's, but only before the first step of a run: in use while what lasts is prepared. */
    boolean isPassing() {
        return space == Space.ARENA && first < 0;
    }

    /** Makes it outlast the preparations, at a place of its own. */
    void keep(int at) {
        space = Space.PREPARED;
        offset = at;
    }

    boolean overlaps(Buffer other) {
        return first <= other.last && other.first <= last;
    }
}
