package dev.halfwave.archive;

import dev.halfwave.format.ModelFormatException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file read from front to back, through gzip when its contents begin as gzip does. */
public final class UnpackedFile implements AutoCloseable {
    /** What to do about a file that ends too soon, goes on too long, or contradicts itself. */
    public static final String GET_AGAIN = "get the file again, it is damaged or incomplete";

    /** The most bytes that deflate can make of one: 258 from two bits. */
    private static final long MOST_EXPANSION = 1032;

    private static final int BUFFER = 1 << 16;
    private static final int FIRST_BLOCK = 1 << 20;

    private final Path file;
    private final InputStream in;
    private final boolean packed;
    private long position;

    private UnpackedFile(Path file, InputStream in, boolean packed) {
        this.file = file;
        this.in = in;
        this.packed = packed;
    }

    /**
     * Opens a file.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be opened
     * @throws ModelFormatException if it begins as gzip does but does not go on so
     */
    public static UnpackedFile open(Path file) {
        UnpackedFile raw =
                new UnpackedFile(file, new BufferedInputStream(ReadableFile.open(file, "a file"), BUFFER), false);
        try {
            if (!raw.beginsAsGzip()) {
                return raw;
            }
            return new UnpackedFile(file, new GZIPInputStream(raw.in, BUFFER), true);
        } catch (IOException e) {
            raw.close();
            throw raw.broken("a file, plain or gzip", e);
        }
    }

    private boolean beginsAsGzip() throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }

    /** How many bytes have been read. */
    public long position() {
        return position;
    }

    /** The most bytes that can follow: what the file still has, or what gzip can make of it. */
    public long room() {
        return (packed ? fileBytes() * MOST_EXPANSION : fileBytes()) - position;
    }

    /** The next bytes up to {@code most}; fewer only where the file ends. */
    public byte[] upTo(int most) {
        byte[] bytes = new byte[most];
        return Arrays.copyOf(bytes, fill(bytes, 0, "more of the file"));
    }

    /**
     * The next {@code count} bytes, in memory that grows with what has been read.
     *
     * @throws ModelFormatException if the file ends before
     */
    public byte[] exactly(int count, String what) {
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

    /** Reads {@code count} bytes and forgets them. */
    void skip(long count, String what) {
        byte[] bytes = new byte[(int) Math.min(count, BUFFER)];
        for (long left = count; left > 0; left -= bytes.length) {
            if (left < bytes.length) {
                bytes = new byte[(int) left];
            }
            int read = fill(bytes, 0, what);
            if (read < bytes.length) {
                throw wrong(position, what, "the end of the file", GET_AGAIN);
            }
        }
    }

    /** Whether nothing follows. With gzip this also compares the contents with their checksum. */
    public boolean ended() {
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

    /** The size of the file as it is on the disk, packed or not. */
    long fileBytes() {
        return file.toFile().length();
    }

    /** An exception for this file and a byte of its unpacked contents. */
    public ModelFormatException wrong(long at, String expected, String received, String advice) {
        return ModelFormatException.at(contents(), at, expected, received, advice);
    }

    private RuntimeException broken(String expected, IOException e) {
        if (!(e instanceof EOFException || e instanceof ZipException)) {
            return ReadableFile.refused(file, expected, "an error of the file system (" + e + ")", "check the disk", e);
        }
        String received = e instanceof EOFException
                ? "gzip data that ends too soon"
                : "gzip data with an error (" + e.getMessage() + ")";
        ModelFormatException broken = wrong(position, expected, received, GET_AGAIN);
        broken.initCause(e);
        return broken;
    }

    /** What messages call the bytes that positions are counted in. */
    public String contents() {
        return packed ? file + ", unpacked" : file.toString();
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
