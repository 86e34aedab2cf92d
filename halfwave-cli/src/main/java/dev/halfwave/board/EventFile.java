package dev.halfwave.board;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A file of records, each of which is whole on disk as soon as it is written.
 *
 * <p>A record is its length in 8 bytes, the length's checksum in 4, the content, and the content's checksum in 4, all
 * with the lowest byte first. A checksum is CRC-32C, turned right by 15 bits, plus a constant.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details">The format</a>
 */
final class EventFile implements AutoCloseable {
    private static final int TURN = 15;
    private static final int MASK = 0xa282ead8;
    private static final int MOST_PER_SECOND = 1000;

    private final Path file;
    private final OutputStream out;

    private EventFile(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Begins a new file, whose name comes after those that were begun before.
     *
     * @param seconds since 1970
     * @throws UncheckedIOException if there can be none in that folder
     */
    static EventFile in(Path folder, long seconds) {
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < MOST_PER_SECOND; i++) {
                Path file = folder.resolve(
                        String.format(Locale.ROOT, "events.out.tfevents.%010d.%03d.halfwave", seconds, i));
                if (!Files.exists(file)) { // else it is of a run of the same second
                    return new EventFile(file, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
                }
            }
            throw new IOException("no name is left");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": expected a folder for TensorBoard's files, received an error (" + e
                            + "); choose another",
                    e);
        }
    }

    /** Appends a record. */
    void write(byte[] content) {
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + content.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(content.length);
        record.putInt(checksum(record.array(), 0, Long.BYTES));
        record.put(content);
        record.putInt(checksum(content, 0, content.length));
        try {
            out.write(record.array());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": expected room for TensorBoard's events, received an error (" + e
                            + "); free some space or resume with another folder",
                    e);
        }
    }

    static int checksum(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        return Integer.rotateRight((int) crc.getValue(), TURN) + MASK;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": expected to close it, received an error (" + e + ")", e);
        }
    }
}
