package dev.halfwave.cli;

import dev.halfwave.download.Watcher;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** Says what is downloaded and from where, and how far it has come every few seconds. */
final class DownloadLines implements Watcher {
    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final PrintWriter err;
    private long last;

    DownloadLines(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void begins(String url, Path file, long have, long total) {
        last = System.nanoTime();
        String verb = have > 0 ? "going on after " + size(have) + " with" : "downloading";
        say(verb + " " + url + " (" + size(total) + ") to " + file);
    }

    @Override
    public void reached(long have, long total) {
        long now = System.nanoTime();
        if (now - last >= INTERVAL_NANOS) {
            last = now;
            say(size(have) + " of " + size(total));
        }
    }

    @Override
    public void failed(String text) {
        say("the download met " + text);
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private void say(String text) {
        err.println("halfwave: " + text);
        err.flush();
    }
}
