package dev.halfwave.download;

import java.nio.file.Path;

/** Is told how a download goes, on the thread that runs it. */
public interface Watcher {
    /** Says nothing. */
    Watcher SILENT = new Watcher() {};

    /**
     * A transfer begins, perhaps not for the first time.
     *
     * @param url where from
     * @param file where to
     * @param have how many bytes are there already
     * @param total how many there will be, as far as known in advance
     */
    default void begins(String url, Path file, long have, long total) {}

    /** So many bytes are there now; called often. */
    default void reached(long have, long total) {}

    /** Something went wrong; what is done about it follows in the text. */
    default void failed(String text) {}
}
