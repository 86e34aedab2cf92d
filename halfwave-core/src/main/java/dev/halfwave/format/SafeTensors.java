package dev.halfwave.format;

import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Named tensors and free texts, as a safetensors file holds them.
 *
 * <p>The file is: 8 bytes with the header's length N, little-endian; N bytes of JSON that maps each name to its
 * {@code dtype}, {@code shape} and {@code data_offsets}, and {@code __metadata__} to texts; then the data, which the
 * tensors cover without hole or overlap. Halfwave writes F32 in the order of {@link #tensors()}, pads the header with
 * spaces to a multiple of 8 bytes, and writes equal contents as equal bytes.
 *
 * <p>Halfwave reads F32, F16 and BF16 exactly; F64 rounded to the nearest float32, where a finite value beyond its
 * range is refused; BOOL as 0 and 1; I8 to I64 and U8 to U64 if float32 holds every value exactly, and refuses the file
 * otherwise. Other types are refused. The order of both maps is the file's.
 *
 * <p>A <b>sealed</b> file carries {@code halfwave.sha256} in its metadata: the SHA-256 of all bytes of the file, with
 * '0' in place of the seal's own 64 digits. No changed bit of it goes unnoticed. Other programs read a sealed file as
 * any safetensors file. The seal guards against accidents; who changes a file on purpose can seal it anew.
 *
 * <pre>{@code
 * new SafeTensors(Map.of("weight", Tensor.zeros(Shape.of(3, 4))), Map.of("step", "100")).writeSealed(path);
 * Tensor weight = SafeTensors.readSealed(path).tensors().get("weight");
 * }</pre>
 *
 * <p>Limits of a file: a header of 100 MB, 100,000 tensors, 16 axes and 2³¹ − 65 elements per tensor, 4096 characters
 * per name and 2²⁴ per text. Format: <a href="https://github.com/huggingface/safetensors#format">safetensors</a>.
 *
 * @param tensors the tensors by name, in order; the map is copied, the tensors are shared
 * @param metadata texts by key, in order, without the seal; copied
 */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {

    /**
     * Contents to write, or contents read.
     *
     * @throws IllegalArgumentException if a name, key or text cannot stand in a file: {@code __metadata__} as a tensor's
     *     name, {@code halfwave.sha256} as a key, half of a surrogate pair, or more than the limits allow
     */
    public SafeTensors {
        checkCount(tensors.size(), "tensors");
        checkCount(metadata.size(), "metadata");
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            checkName(entry.getKey(), Header.METADATA, "a tensor's name");
            checkRank(entry.getKey(), entry.getValue());
        }
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            checkName(entry.getKey(), Seal.KEY, "a metadata key");
            checkText(entry.getValue(), Header.MAX_TEXT, "a metadata value");
        }
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Reads any safetensors file; if it carries a seal, verifies it.
     *
     * @throws ModelFormatException if the content is not what the format demands, the seal does not match, or the
     *     tensors do not fit into memory
     * @throws java.io.UncheckedIOException if there is no such file or it cannot be read
     */
    public static SafeTensors read(Path file) {
        return SafeTensorsReader.read(file, false);
    }

    /**
     * Reads the bytes of any safetensors file; if it carries a seal, verifies it.
     *
     * @param bytes the whole file
     * @param where what messages call the file
     * @throws ModelFormatException as {@link #read(Path)} does
     */
    public static SafeTensors read(byte[] bytes, String where) {
        return SafeTensorsReader.read(bytes, where, false);
    }

    /**
     * Reads a sealed file, as {@link #writeSealed} leaves it, and verifies every bit of it.
     *
     * @throws ModelFormatException as {@link #read(Path)} does, and if there is no seal
     * @throws java.io.UncheckedIOException if there is no such file or it cannot be read
     */
    public static SafeTensors readSealed(Path file) {
        return SafeTensorsReader.read(file, true);
    }

    /**
     * The same, and makes something of the contents while the seal is still being taken, in a thread of its own.
     *
     * @param use what to make of them; must leave no trace elsewhere, for the file may turn out to be damaged. What it
     *     throws, this throws, unless the seal does not match
     */
    public static <T> T readSealed(Path file, Function<SafeTensors, T> use) {
        return SafeTensorsReader.read(file, true, use);
    }

    /**
     * Reads the bytes of a sealed file and verifies every bit of it.
     *
     * @param bytes the whole file
     * @param where what messages call the file
     * @throws ModelFormatException as {@link #readSealed(Path)} does
     */
    public static SafeTensors readSealed(byte[] bytes, String where) {
        return SafeTensorsReader.read(bytes, where, true);
    }

    /**
     * Writes these contents without a seal, crash-safely as {@link AtomicFile} does. No tensor may change meanwhile.
     *
     * @throws IllegalArgumentException if the header would exceed 100 MB
     * @throws java.io.UncheckedIOException if the file cannot be written; a file of that name is then left as it was
     */
    public void write(Path file) {
        SafeTensorsWriter writer = new SafeTensorsWriter(this, false);
        AtomicFile.write(file, writer::writeTo);
    }

    /**
     * Writes these contents with a seal, crash-safely as {@link AtomicFile} does. No tensor may change meanwhile.
     *
     * @throws IllegalArgumentException if the header would exceed 100 MB
     * @throws java.io.UncheckedIOException if the file cannot be written; a file of that name is then left as it was
     */
    public void writeSealed(Path file) {
        SafeTensorsWriter writer = new SafeTensorsWriter(this, true);
        AtomicFile.write(file, writer::writeTo);
    }

    private static void checkCount(int count, String what) {
        if (count > Header.MAX_ENTRIES) {
            throw new IllegalArgumentException("safetensors: expected at most " + Header.MAX_ENTRIES + " " + what
                    + ", received " + count + "; write several files");
        }
    }

    private static void checkName(String name, String reserved, String what) {
        checkText(name, Header.MAX_NAME, what);
        if (name.equals(reserved)) {
            throw new IllegalArgumentException("safetensors: expected " + what + " of your own, received "
                    + Text.quoted(name) + ", which the format keeps for itself; choose another");
        }
    }

    private static void checkText(String text, int longest, String what) {
        if (text.length() > longest) {
            throw new IllegalArgumentException("safetensors: expected " + what + " of at most " + longest
                    + " characters, received " + text.length() + "; shorten it");
        }
        if (!Text.isWellFormed(text)) {
            throw new IllegalArgumentException("safetensors: expected Unicode text as " + what + ", received "
                    + Text.quoted(text) + " with half of a surrogate pair; leave it out");
        }
    }

    private static void checkRank(String name, Tensor tensor) {
        if (tensor.shape().rank() > Header.MAX_AXES) {
            throw new IllegalArgumentException("safetensors: expected at most " + Header.MAX_AXES + " axes for tensor "
                    + Text.quoted(name) + ", received shape " + tensor.shape() + "; reshape it");
        }
    }
}
