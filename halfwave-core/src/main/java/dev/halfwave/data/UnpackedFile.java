package dev.halfwave.data;

import dev.halfwave.format.ModelFormatException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file read from front to back, through gzip when its contents begin as gzip does. */
final class UnpackedFile implements AutoCloseable {
    /** What to do about a file that ends too soon, goes on too long, or contradicts itself. */
    static final String GET_AGAIN = "get the file again, it is damaged or incomplete";

    /** The most bytes that deflate can make of one: 258 from two bits. */
    private static final long MOST_EXPANSION = 1032;

    private static final int BUFFER = 1 << 16;
    private static final int FIRST_BLOCK = 1 << 20;

    private final Path file;
    private final InputStream in;
    private final boolean packed;
    private final long fileBytes;
    private long position;

    /** @throws IllegalArgumentException if there is no such file */
    UnpackedFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": expected a file, received "
                    + (Files.exists(file) ? "a folder" : "the name of none") + "; check the path");
        }
        this.file = file;
        try {
            this.fileBytes = Files.size(file);
            this.packed = beginsAsGzip(file);
            this.in = open(file, packed);
        } catch (IOException e) {
            throw broken("a readable file", e);
        }
    }

    private static boolean beginsAsGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static InputStream open(Path file, boolean packed) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            return packed ? new GZIPInputStream(raw, BUFFER) : new BufferedInputStream(raw, BUFFER);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    long position() {
        return position;
    }

    /** The most bytes that can follow: what the file still has, or what gzip can make of it. */
    long room() {
        return (packed ? fileBytes * MOST_EXPANSION : fileBytes) - position;
    }

    /** The next {@code count} bytes, in memory that grows with what has been read. */
    byte[] exactly(int count, String what) {
        byte[] bytes = new byte[Math.min(count, FIRST_BLOCK)];
        int read = 0;
        while (true) {
            read += fill(bytes, read, what);
            if (read < bytes.length) {
                String received = "the end of the file after " + read;
                throw wrong(position, what + " in " + count + " bytes", received, GET_AGAIN);
            }
            if (read == count) {
                return bytes;
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * bytes.length));
        }
    }

    /** Whether nothing follows. With gzip this also compares the contents with their checksum. */
    boolean ended() {
        return fill(new byte[1], 0, "the end of the file") == 0;
    }

    private int fill(byte[] bytes, int from, String what) {
        try {
            int read = in.readNBytes(bytes, from, bytes.length - from);
            position += read;
            return read;
        } catch (IOException e) {
            throw broken(what, e);
        }
    }

    /** An exception for this file and a byte of its unpacked contents. */
    ModelFormatException wrong(long at, String expected, String received, String advice) {
        return new ModelFormatException(
                where(at) + ": expected " + expected + ", received " + received + "; " + advice);
    }

    private ModelFormatException broken(String expected, IOException e) {
        String received;
        String advice = GET_AGAIN;
        if (e instanceof EOFException) {
            received = "gzip data that ends too soon";
        } else if (e instanceof ZipException) {
            received = "gzip data with an error (" + e.getMessage() + ")";
        } else {
            received = "an error of the file system (" + e + ")";
            advice = "check the file's permissions and its disk";
        }
        return new ModelFormatException(
                where(position) + ": expected " + expected + ", received " + received + "; " + advice, e);
    }

    private String where(long at) {
        return file + ": at byte " + at + (packed ? " of the unpacked contents" : "");
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw broken("a file that can be closed", e);
        }
    }
}
