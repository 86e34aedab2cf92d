package dev.halfwave.cli;

import java.util.concurrent.TimeUnit;

/** The pipe between standard error and the terminal that the launcher script lays to leave out a warning of the JVM's. */
final class StandardError {
    private static final String READER = "halfwave.stderr.reader";

    private StandardError() {}

    /**
     * Closes standard error and waits until the process that reads the pipe, if there is one, has passed everything on;
     * otherwise the last line might come after the shell's prompt.
     */
    static void drain() {
        Long reader = Long.getLong(READER);
        if (reader == null) {
            return;
        }
        System.err.close();
        ProcessHandle.of(reader)
                .ifPresent(process -> process.onExit()
                        .completeOnTimeout(process, 5, TimeUnit.SECONDS)
                        .join());
    }
}
