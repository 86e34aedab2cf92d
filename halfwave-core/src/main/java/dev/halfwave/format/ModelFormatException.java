package dev.halfwave.format;

/**
 * A file is not what it should be: truncated, corrupt, of another format, or of contents that contradict each other.
 *
 * <p>The message names the file and, where there is one, the byte offset; it says what was expected, what came, and what to do.
 */
public final class ModelFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message as in {@code digits.idx: at byte 3: expected 3 axes, received 1; …}. */
    public ModelFormatException(String message) {
        super(message);
    }

    /** An exception with a message and what a lower layer reported. */
    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
