package dev.halfwave.onnx.file;

import dev.halfwave.format.AtomicFile;
import dev.halfwave.format.Float16;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An array in NumPy's own format, versions 1 to 3: numbers and booleans, in either order of bytes and of axes.
 *
 * @param file where it came from
 * @param content its numbers
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The .npy format</a>
 */
public record NumpyFile(Path file, Literal content) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([biuf])(\\d+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)");

    /**
     * Reads an array.
     *
     * @throws ModelFormatException if the file is none, or has elements that are neither numbers nor booleans
     * @throws UncheckedIOException if it cannot be read
     */
    public static NumpyFile read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw wrong(file, "at most 2 GiB", channel.size() + " bytes");
            }
            ByteBuffer in = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new NumpyFile(file, parse(file, in.order(ByteOrder.LITTLE_ENDIAN)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Literal parse(Path file, ByteBuffer in) {
        for (byte expected : MAGIC) {
            if (!in.hasRemaining() || in.get() != expected) {
                throw wrong(file, "a NumPy array (.npy)", "a file that does not start like one");
            }
        }
        int wide = in.remaining() < 2 ? 0 : in.get();
        if (wide < 1 || wide > 3 || in.remaining() < 5) {
            throw wrong(file, "version 1 to 3 of NumPy's format", "version " + wide);
        }
        in.get();
        long length = wide == 1 ? in.getShort() & 0xffff : in.getInt() & 0xffffffffL;
        if (length > in.remaining()) {
            throw wrong(file, "a header of " + length + " bytes", "a file that ends before it does");
        }
        byte[] header = new byte[(int) length];
        in.get(header);
        return array(file, new String(header, StandardCharsets.UTF_8), in.slice());
    }

    private static Literal array(Path file, String header, ByteBuffer numbers) {
        Matcher description = match(DESCRIPTION, file, header);
        ElementType type = type(file, description.group(2) + description.group(3));
        List<Long> sizes = new ArrayList<>();
        for (String size : match(SHAPE, file, header).group(1).split(",", -1)) {
            if (!size.isBlank()) {
                sizes.add(Long.parseLong(size.strip()));
            }
        }
        boolean fortran = match(ORDER, file, header).group(1).equals("True");
        Shape shape = Sizes.shape(sizes, file.toString());
        long bytes = (long) shape.elements() * type.bytes();
        if (numbers.remaining() != bytes) {
            throw wrong(file, bytes + " bytes for " + shape, Integer.toString(numbers.remaining()));
        }
        numbers.order(description.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        Literal literal = TensorReader.raw(type, shape, numbers);
        return fortran ? Literal.of(type, turned(literal.wide())) : literal;
    }

    private static Matcher match(Pattern pattern, Path file, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw wrong(file, "an array of numbers or booleans", "a header " + header.strip());
        }
        return matcher;
    }

    private static ElementType type(Path file, String code) {
        return switch (code) {
            case "f2" -> ElementType.FLOAT16;
            case "f4" -> ElementType.FLOAT;
            case "f8" -> ElementType.DOUBLE;
            case "i1" -> ElementType.INT8;
            case "i2" -> ElementType.INT16;
            case "i4" -> ElementType.INT32;
            case "i8" -> ElementType.INT64;
            case "u1" -> ElementType.UINT8;
            case "u2" -> ElementType.UINT16;
            case "u4" -> ElementType.UINT32;
            case "u8" -> ElementType.UINT64;
            case "b1" -> ElementType.BOOL;
            default -> throw wrong(file, "numbers of 1 to 8 bytes", "elements of type " + code);
        };
    }

    /** From the first axis running fastest to the last one. */
    private static DoubleTensor turned(DoubleTensor columns) {
        Shape shape = columns.shape();
        DoubleTensor rows = DoubleTensor.zeros(shape);
        for (int i = 0; i < rows.data().length; i++) {
            int rest = i;
            int[] index = new int[shape.rank()];
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                index[axis] = rest % shape.size(axis);
                rest /= shape.size(axis);
            }
            int from = 0;
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                from = from * shape.size(axis) + index[axis];
            }
            rows.data()[i] = columns.data()[from];
        }
        return rows;
    }

    /**
     * The array as a model's input of the given type.
     *
     * @throws ModelFormatException if numbers with fractions are given for whole ones
     */
    public Literal as(ElementType type, String input) {
        if (content.type() == type) {
            return content;
        }
        if (content.type().isFloating() && !type.isFloating()) {
            throw wrong(
                    file,
                    "elements of type " + type + " for input \"" + input + "\"",
                    content.type().name());
        }
        return type.isFloating() && content.type() != ElementType.DOUBLE && type != ElementType.DOUBLE
                ? Literal.of(type, content.tensor())
                : Literal.of(type, content.wide());
    }

    /**
     * Writes an array; a file that is there is replaced in one step.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(Path file, Literal content) {
        ElementType type = content.type() == ElementType.BFLOAT16 ? ElementType.FLOAT : content.type();
        byte[] header = header(type, content.shape());
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(
                        header.length, Math.multiplyExact(content.shape().elements(), type.bytes())))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(header);
        double[] numbers = content.wide().data();
        for (double number : numbers) {
            put(out, type, number);
        }
        AtomicFile.write(file, to -> to.write(out.array()));
    }

    private static void put(ByteBuffer out, ElementType type, double number) {
        switch (type) {
            case DOUBLE -> out.putDouble(number);
            case FLOAT16 -> out.putShort(Float16.of((float) number));
            case INT8, UINT8, BOOL -> out.put((byte) (long) number);
            case INT16, UINT16 -> out.putShort((short) (long) number);
            case INT32, UINT32 -> out.putInt((int) (long) number);
            case INT64, UINT64 -> out.putLong((long) number);
            default -> out.putFloat((float) number);
        }
    }

    /** The header, padded so that the numbers start at a multiple of 64 bytes. */
    private static byte[] header(ElementType type, Shape shape) {
        String code = switch (type) {
            case FLOAT16 -> "<f2";
            case DOUBLE -> "<f8";
            case INT8 -> "|i1";
            case INT16 -> "<i2";
            case INT32 -> "<i4";
            case INT64 -> "<i8";
            case UINT8 -> "|u1";
            case UINT16 -> "<u2";
            case UINT32 -> "<u4";
            case UINT64 -> "<u8";
            case BOOL -> "|b1";
            default -> "<f4";
        };
        String sizes = Arrays.stream(shape.sizes()).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
        String text = "{'descr': '" + code + "', 'fortran_order': False, 'shape': (" + sizes + "), }";
        int length = (MAGIC.length + 4 + text.length() + 1 + 63) / 64 * 64 - MAGIC.length - 4;
        ByteBuffer header = ByteBuffer.allocate(MAGIC.length + 4 + length).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) length);
        header.put(text.getBytes(StandardCharsets.US_ASCII));
        while (header.remaining() > 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }

    private static ModelFormatException wrong(Path file, String expected, String received) {
        return new ModelFormatException(file + ": expected " + expected + ", received " + received);
    }
}
