package dev.halfwave.download;

import dev.halfwave.format.ModelFormatException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches a file from the first mirror that has it.
 *
 * <p>The bytes go to {@code NAME.part}, which stays when the network or the program breaks off, and is gone on with by
 * the next attempt, on any mirror. Only when the {@linkplain Contents contents} are right does the file get its name,
 * in one step. A part that turns out wrong is deleted, and fetched anew once if it was not all of one piece.
 *
 * @param file what to fetch
 * @param urls where from, the best first
 * @param folder where to; made if it is not there
 * @param watcher hears how it goes
 * @param pauseMillis half of how long to wait before asking a server again, and twice as long each time nothing came
 */
public record Download(RemoteFile file, List<String> urls, Path folder, Watcher watcher, long pauseMillis) {
    /** Attempts that bring nothing, before a mirror is given up. */
    private static final int ATTEMPTS = 3;

    private static final long SMALL = 1 << 20;

    /** One byte far behind the content: where locks are mandatory, the content stays readable. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    /** @throws IllegalArgumentException if there is no mirror */
    public Download {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(file.name() + ": expected at least one mirror, received none");
        }
        urls = List.copyOf(urls);
    }

    /** A download that asks again after a second, and after two. */
    public Download(RemoteFile file, List<String> urls, Path folder, Watcher watcher) {
        this(file, urls, folder, watcher, 500);
    }

    /**
     * Fetches the file.
     *
     * @return where it is
     * @throws UncheckedIOException if no mirror gives the right file, or it cannot be written
     */
    public Path fetch() {
        Path target = folder.resolve(file.name());
        Path part = folder.resolve(file.name() + ".part");
        try {
            Files.createDirectories(folder);
            try (RandomAccessFile out = new RandomAccessFile(part.toFile(), "rw");
                    FileLock lock = lock(out, part)) {
                fromAnyMirror(out, part);
                out.getFD().sync();
            }
            return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    target + ": expected to write the download there, received " + e
                            + "; check the folder and the disk",
                    e);
        }
    }

    /** Two programs that fetch the same file would write into one another's part. */
    private static FileLock lock(RandomAccessFile out, Path part) throws IOException {
        FileLock lock;
        try {
            lock = out.getChannel().tryLock(LOCKED, 1, false);
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException("another program that is fetching " + part);
        }
        return lock;
    }

    private void fromAnyMirror(RandomAccessFile out, Path part) throws IOException {
        List<String> failures = new ArrayList<>();
        for (String url : urls) {
            String failure = fromMirror(url, out, part);
            if (failure.isEmpty()) {
                return;
            }
            failures.add(failure + " from " + url);
        }
        boolean kept = out.length() > 0;
        throw new UncheckedIOException(
                file.name() + ": expected to download it, received " + String.join("; ", failures) + "; "
                        + (kept ? "what came is kept: go on later with the same command" : "try again later")
                        + ", or put the file into " + folder + " by other means",
                new IOException("no mirror left"));
    }

    /** What went wrong, or nothing. */
    private String fromMirror(String url, RandomAccessFile out, Path part) throws IOException {
        boolean resumed = out.length() > 0;
        String failure = transferred(url, out);
        if (out.length() == 0) {
            return failure;
        }
        try {
            file.contents().check(part);
            return "";
        } catch (ModelFormatException | UncheckedIOException wrong) {
            if (!failure.isEmpty()) {
                return failure; // it simply is not complete
            }
            out.setLength(0);
            String text = "something else (" + wrong.getMessage() + ")";
            if (!resumed) {
                return text;
            }
            watcher.failed(text + "; fetching it from the start");
            return fromMirror(url, out, part);
        }
    }

    /** Asks until everything is there, or nothing more comes; what went wrong last, or nothing. */
    private String transferred(String url, RandomAccessFile out) throws IOException {
        long most = Math.max(2 * file.bytes(), SMALL);
        Transfer transfer = new Transfer(url, out, most, listening());
        int idle = 0;
        while (true) {
            long before = out.length();
            try {
                transfer.run();
                return "";
            } catch (IOException e) {
                String text = String.valueOf(e.getMessage() == null ? e : e.getMessage());
                idle = out.length() > before ? 0 : idle + 1;
                if (idle == ATTEMPTS || e instanceof Transfer.Refusal || !waited(pauseMillis << idle)) {
                    return text;
                }
                watcher.failed(text + "; trying again");
            }
        }
    }

    private static boolean waited(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Transfer.Watcher listening() {
        return new Transfer.Watcher() {
            @Override
            public void begins(String url, long have, long total) {
                watcher.begins(url, folder.resolve(file.name()), have, total < 0 ? file.bytes() : total);
            }

            @Override
            public void reached(long have, long total) {
                watcher.reached(have, total < 0 ? file.bytes() : total);
            }
        };
    }
}
