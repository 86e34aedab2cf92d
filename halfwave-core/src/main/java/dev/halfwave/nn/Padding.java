package dev.halfwave.nn;

import dev.halfwave.tensor.Window;

/**
 * How an image is padded with zeros before a window moves over it.
 *
 * @param kind how the amounts are found
 * @param top rows added above, for {@link Kind#EXPLICIT}
 * @param bottom rows added below
 * @param left columns added to the left
 * @param right columns added to the right
 */
public record Padding(Kind kind, int top, int bottom, int left, int right) {
    /** No padding: the window stays inside the image. */
    public static final Padding VALID = new Padding(Kind.VALID, 0, 0, 0, 0);

    /** As much as keeps ⌈size / stride⌉ positions; an odd remainder goes below and to the right. */
    public static final Padding SAME = new Padding(Kind.SAME, 0, 0, 0, 0);

    /** The same given amount on all sides. */
    public static Padding of(int amount) {
        return new Padding(Kind.EXPLICIT, amount, amount, amount, amount);
    }

    Window vertical(Window window, int size) {
        return kind == Kind.SAME
                ? window.same(size)
                : new Window(window.size(), window.stride(), window.dilation(), top, bottom);
    }

    Window horizontal(Window window, int size) {
        return kind == Kind.SAME
                ? window.same(size)
                : new Window(window.size(), window.stride(), window.dilation(), left, right);
    }

    /** The same for images one column wide, which sequences are. */
    Padding alongRows() {
        return kind == Kind.SAME ? this : new Padding(kind, top, bottom, 0, 0);
    }

    /** How the amounts are found. */
    public enum Kind {
        /** None. */
        VALID,
        /** From the image's size. */
        SAME,
        /** Given. */
        EXPLICIT
    }
}
