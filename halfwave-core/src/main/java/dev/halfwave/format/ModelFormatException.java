package dev.halfwave.format;

import java.io.Serial;

/**
 * A file's content is not what its format demands, or not something Halfwave can hold.
 *
 * <p>The text reads <i>file (at byte N): expected X, received Y; what to do</i>. Byte positions count from the start of
 * the file. The file could be opened and read: trouble with that is an {@link java.io.UncheckedIOException}.
 */
public final class ModelFormatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** An exception with the whole text, written as this class's description says. */
    public ModelFormatException(String message) {
        super(message);
    }

    /** An exception with the whole text and the exception that brought it up. */
    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * An exception whose text is put together from its parts.
     *
     * @param file the file's path, or another name for where the bytes came from
     * @param at the position of the first byte that is wrong, counted from the start of the file
     * @param expected what the format demands, without the word "expected"
     * @param received what stands there instead
     * @param advice what the reader of the message can do
     */
    public static ModelFormatException at(String file, long at, String expected, String received, String advice) {
        return new ModelFormatException(
                file + " (at byte " + at + "): expected " + expected + ", received " + received + "; " + advice);
    }
}
