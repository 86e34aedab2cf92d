package dev.halfwave.format;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A file on its way to a name: hidden, in the target's directory, and locked as long as its writer lives.
 *
 * <p>The operating system drops the lock of a process that dies in any way. So whoever can lock such a file knows that
 * nobody writes it any more; process numbers would not tell, as they are used again and differ between containers.
 */
final class TemporaryFile implements AutoCloseable {
    /** Marks this process's own files, which need no lock to be told from abandoned ones. */
    private static final String PROCESS = UUID.randomUUID().toString();

    private static final Pattern ENDING = Pattern.compile("([0-9a-f-]{36})\\.[0-9]+\\.tmp");
    private static final AtomicLong COUNT = new AtomicLong();

    /** One byte far behind the content: where locks are mandatory, the content stays readable after the renaming. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    private final Path path;
    private final FileOutputStream out;
    private boolean renamed;

    private TemporaryFile(Path path, FileOutputStream out) {
        this.path = path;
        this.out = out;
    }

    /** A new temporary file for the target, empty and locked. */
    static TemporaryFile create(Path target) throws IOException {
        while (true) {
            Path path = target.resolveSibling(prefix(target) + PROCESS + "." + COUNT.getAndIncrement() + ".tmp");
            TemporaryFile file = new TemporaryFile(path, open(path));
            if (file.lock()) {
                return file;
            }
            file.close(); // another process took it for abandoned before it was locked
        }
    }

    /**
     * Creates the file by opening it, once: a name that was created twice could be deleted by who had locked the first.
     * Not as a FileChannel, because the last checkpoint of an interrupted thread has to be written too.
     */
    private static FileOutputStream open(Path path) throws IOException {
        try {
            return new FileOutputStream(path.toFile());
        } catch (FileNotFoundException e) { // whatever the reason; it stands in brackets after the path
            String reason =
                    String.valueOf(e.getMessage()).replace(path.toString(), "").strip();
            FileSystemException typed =
                    new FileSystemException(path.resolveSibling("").toString(), null, reason.replaceAll("[()]", ""));
            typed.initCause(e);
            throw typed;
        }
    }

    /** Deletes what killed processes have left for this target. Failing to is no reason not to write. */
    static void deleteAbandoned(Path target) {
        String prefix = prefix(target);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(
                target.resolveSibling("."), path -> isForeign(path.getFileName().toString(), prefix))) {
            for (Path path : found) {
                deleteUnlessLocked(path);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return;
        }
    }

    private static String prefix(Path target) {
        return "." + target.getFileName() + ".";
    }

    private static boolean isForeign(String name, String prefix) {
        if (!name.startsWith(prefix)) {
            return false;
        }
        var ending = ENDING.matcher(name.substring(prefix.length()));
        return ending.matches() && !ending.group(1).equals(PROCESS);
    }

    private static void deleteUnlessLocked(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock(LOCKED, 1, false)) {
            if (lock != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | OverlappingFileLockException e) {
            return; // deleted by another writer meanwhile, or not to be locked here: left for another time
        }
    }

    /** False if the file is another process's to delete. A file system without locks is taken as one without such. */
    private boolean lock() {
        try {
            return out.getChannel().tryLock(LOCKED, 1, false) != null && Files.exists(path);
        } catch (IOException e) {
            return Files.exists(path);
        }
    }

    /** Writes the content and forces it to the disk. */
    void write(AtomicFile.Content content) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        content.writeTo(buffered);
        buffered.flush();
        out.getFD().sync();
    }

    /** Takes the target's name, replacing what had it. The lock is held until the file is closed after that. */
    void become(Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        renamed = true;
    }

    /** Closes the file, and deletes it unless it has become the target. */
    @Override
    public void close() throws IOException {
        try (out) {
            if (!renamed) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            if (!renamed) { // otherwise the content is safe on the disk already
                throw e;
            }
        }
    }
}
