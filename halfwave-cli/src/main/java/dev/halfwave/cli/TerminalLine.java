package dev.halfwave.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The line of a terminal that a bar is drawn on, again and again.
 *
 * <p>The library's own one asks the terminal for its width through JLine, which cannot be closed any more once Ctrl-C
 * has begun to end the JVM: just when a checkpoint has to be written.
 *
 * @param out the terminal
 * @param width of the line, in characters
 */
record TerminalLine(PrintWriter out, int width) implements ProgressBarConsumer {
    /** What nearly every terminal has; {@code -Dhalfwave.columns=N} sets another number. */
    private static final int USUAL_COLUMNS = 80;

    static TerminalLine on(PrintWriter out) {
        return new TerminalLine(out, Math.max(20, Integer.getInteger("halfwave.columns", USUAL_COLUMNS)) - 1);
    }

    @Override
    public int getMaxRenderedLength() {
        return width;
    }

    @Override
    public void accept(String text) {
        out.print('\r' + text);
        out.flush();
    }

    @Override
    public void clear() {
        accept(" ".repeat(width) + '\r');
    }

    @Override
    public void close() {
        // The terminal stays.
    }
}
