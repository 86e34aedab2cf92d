package dev.halfwave.format;

import static dev.halfwave.format.HeaderCursor.START;

import dev.halfwave.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a safetensors file from front to back, once.
 *
 * <p>Nothing is allocated on the word of the header: its length and the tensors' sizes are first compared with the size
 * of the file. The seal is taken over the very bytes that the tensors are made of.
 */
final class SafeTensorsReader {
    private static final int CHUNK = 1 << 16;
    private static final String CUT_OFF = "the file is cut off or damaged: download or export it again";

    private final InputStream in;
    private final long size;
    private final String where;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    private @Nullable SealThread seal;

    private SafeTensorsReader(InputStream in, long size, String where) {
        this.in = in;
        this.size = size;
        this.where = where;
    }

    static SafeTensors read(Path path, boolean sealed) {
        return read(path, sealed, Function.identity());
    }

    /** Hands the contents on before the seal is known; what becomes of them is only returned if it matches. */
    static <T> T read(Path path, boolean sealed, Function<SafeTensors, T> use) {
        if (!Files.isRegularFile(path)) {
            String received =
                    Files.isDirectory(path) ? "a directory" : Files.exists(path) ? "a device" : "nothing there";
            throw unreadable(path, received, new IOException("not a regular file"));
        }
        // Not a FileChannel: a thread that was interrupted may still have to load a checkpoint.
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
                InputStream in = new FileInputStream(file.getFD())) {
            return new SafeTensorsReader(in, file.length(), path.toString()).read(sealed, use);
        } catch (IOException e) {
            throw unreadable(path, String.valueOf(e.getMessage()), e);
        }
    }

    static SafeTensors read(byte[] bytes, String where, boolean sealed) {
        try {
            return new SafeTensorsReader(new ByteArrayInputStream(bytes), bytes.length, where)
                    .read(sealed, Function.identity());
        } catch (IOException e) {
            throw new UncheckedIOException(where + ": expected to read from memory without trouble, received " + e, e);
        }
    }

    private static UncheckedIOException unreadable(Path path, String received, IOException cause) {
        return new UncheckedIOException(
                path + ": expected a readable safetensors file, received " + received + "; check the path", cause);
    }

    private <T> T read(boolean sealed, Function<SafeTensors, T> use) throws IOException {
        try {
            return use(readAll(sealed), use);
        } catch (OutOfMemoryError e) { // thrown for one large array, so there is memory enough to say so
            long heap = Runtime.getRuntime().maxMemory() >> 20;
            throw new ModelFormatException(
                    where + " (at byte 0): expected tensors that fit into the heap of " + heap
                            + " MB, received a file of " + (size >> 20) + " MB; start Java with a larger -Xmx",
                    e);
        } finally {
            if (seal != null) {
                seal.close();
            }
        }
    }

    /** A damaged file is called damaged, whatever its contents led to. */
    private <T> T use(Sealed sealed, Function<SafeTensors, T> use) {
        try {
            return use.apply(sealed.content());
        } finally {
            verify(sealed.header(), sealed.json());
        }
    }

    /** Contents whose seal has yet to be compared. */
    private record Sealed(SafeTensors content, Header header, byte[] json) {}

    private Sealed readAll(boolean sealed) throws IOException {
        byte[] front = bytes(0, START, "the 8 bytes of the header's length");
        byte[] json = bytes(START, headerLength(front), "the header");
        long dataStart = (long) START + json.length;
        Header header = HeaderParser.parse(json, size - dataStart, where);
        List<Header.Entry> inFileOrder = header.inFileOrder(size - dataStart, where);
        begin(header, front, json, sealed);
        Map<String, Tensor> read = new LinkedHashMap<>();
        for (Header.Entry entry : inFileOrder) {
            read.put(entry.name(), tensor(entry, dataStart + entry.begin()));
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        header.entries().forEach(entry -> tensors.put(entry.name(), read.get(entry.name())));
        return new Sealed(new SafeTensors(tensors, header.metadata()), header, json);
    }

    private int headerLength(byte[] front) {
        long length = ByteBuffer.wrap(front).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long room = Math.min(size - START, Header.MAX_BYTES);
        if (length < 0 || length > room) {
            throw ModelFormatException.at(
                    where,
                    0,
                    "a header length of at most " + room,
                    Long.toUnsignedString(length),
                    "this is not a safetensors file, or it is cut off or damaged: download or export it again");
        }
        return (int) length;
    }

    private byte[] bytes(long at, int count, String what) throws IOException {
        byte[] bytes = new byte[(int) Math.min(count, size - at)];
        fill(bytes, bytes.length, at, what);
        if (bytes.length < count) {
            throw ModelFormatException.at(where, at, what, bytes.length + " of " + count + " bytes", CUT_OFF);
        }
        return bytes;
    }

    private void begin(Header header, byte[] front, byte[] json, boolean sealed) {
        if (header.sealAt() >= 0) {
            seal = new SealThread();
            seal.update(front, front.length);
            byte[] blanked = json.clone();
            Seal.stamp(blanked, header.sealAt(), Seal.BLANK);
            seal.update(blanked, blanked.length);
        } else if (sealed) {
            String expected = "a Halfwave checkpoint, with " + Text.quoted(Seal.KEY) + " in its metadata";
            String advice = "it is not a Halfwave checkpoint, or it is damaged: use another one";
            throw ModelFormatException.at(where, START, expected, "none", advice);
        }
    }

    private void verify(Header header, byte[] json) {
        if (seal == null) {
            return;
        }
        // The digits as they stand in the file, not as JSON understands them: an escape for a digit is a changed file.
        int at = header.sealAt();
        String expected = new String(json, at, Seal.BLANK.length(), StandardCharsets.ISO_8859_1);
        String received = seal.hex();
        if (!expected.equals(received)) {
            String wanted = "content with the SHA-256 of its seal, " + Text.quoted(expected);
            String advice = "the file is damaged: use an earlier checkpoint, or copy it again from where it came";
            throw ModelFormatException.at(where, (long) START + at, wanted, received, advice);
        }
    }

    private Tensor tensor(Header.Entry entry, long start) throws IOException {
        Tensor tensor = Tensor.zeros(entry.shape());
        int width = entry.type().bytes();
        int step = CHUNK / width;
        for (int i = 0; i < tensor.data().length; i += step) {
            int count = Math.min(step, tensor.data().length - i);
            long at = start + (long) i * width;
            fill(chunk.array(), count * width, at, "the data of tensor " + Text.quoted(entry.name()));
            decode(entry, tensor, i, count, at);
        }
        return tensor;
    }

    private void decode(Header.Entry entry, Tensor tensor, int start, int count, long at) {
        try {
            entry.type().decode(chunk.clear(), tensor.data(), start, count);
        } catch (ArithmeticException e) {
            long value = at + chunk.position() - entry.type().bytes();
            String place = "at byte " + value + ", in tensor " + Text.quoted(entry.name());
            throw new ModelFormatException(where + " (" + place + "): " + e.getMessage(), e);
        }
    }

    private void fill(byte[] bytes, int count, long at, String what) throws IOException {
        int read = in.readNBytes(bytes, 0, count);
        if (read < count) {
            throw ModelFormatException.at(where, at + read, what, "the end of the file while reading it", CUT_OFF);
        }
        if (seal != null) {
            seal.update(bytes, count);
        }
    }
}
