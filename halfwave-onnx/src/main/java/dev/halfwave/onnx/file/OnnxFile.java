package dev.halfwave.onnx.file;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.onnx.proto.ModelProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads ONNX files. */
public final class OnnxFile {
    /** How deep messages may lie in one another: a model's do not go beyond ten, with graphs in nodes beyond twenty. */
    private static final int DEPTH = 60;

    private OnnxFile() {}

    /**
     * Reads a file; its raw data stay where they are.
     *
     * @throws ModelFormatException if the file is no ONNX model, or a damaged one
     * @throws UncheckedIOException if it cannot be read
     */
    public static ModelProto parse(Path file) {
        return parse(map(file), file.toString());
    }

    /**
     * Reads a model that is not in a file of its own.
     *
     * @param where what messages call it
     */
    public static ModelProto parse(byte[] bytes, String where) {
        return parse(ByteBuffer.wrap(bytes), where);
    }

    /**
     * Checks what a file says; tensors are decoded when they are asked for, and looked for beside the file.
     *
     * @throws ModelFormatException if it does not make sense
     */
    public static OnnxGraph graph(ModelProto model, Path file) {
        return graph(model, file.toAbsolutePath().getParent(), file.toString());
    }

    /** Checks what a model without external data says. */
    public static OnnxGraph graph(ModelProto model, String where) {
        return graph(model, null, where);
    }

    private static OnnxGraph graph(ModelProto model, @Nullable Path folder, String where) {
        try {
            return new GraphReader(model, where).read(new TensorReader(new ExternalData(folder)));
        } catch (OutOfMemoryError tooLarge) {
            throw beyondMemory(where, tooLarge);
        }
    }

    private static ByteBuffer map(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe would be waited for
            throw new ModelFormatException(file + ": expected a file, received a folder, pipe or device");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new ModelFormatException(file + ": expected at most 2 GiB, which is what the format allows,"
                        + " received " + channel.size() + " bytes; keep the weights in external data");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Parses a model without copying its raw data. */
    private static ModelProto parse(ByteBuffer bytes, String where) {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        in.enableAliasing(true);
        in.setRecursionLimit(DEPTH);
        try {
            Census.check(bytes, where);
            return ModelProto.parseFrom(in);
        } catch (InvalidProtocolBufferException malformed) {
            throw new ModelFormatException(
                    where + " (at byte " + in.getTotalBytesRead() + "): expected an ONNX model, received bytes that are"
                            + " none (" + malformed.getMessage() + "); fetch or export it again",
                    malformed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (OutOfMemoryError tooLarge) {
            throw beyondMemory(where, tooLarge);
        }
    }

    private static ModelFormatException beyondMemory(String where, OutOfMemoryError cause) {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        return new ModelFormatException(
                where + ": expected a model that a heap of " + megabytes
                        + " MB can hold, received a larger one; give Java"
                        + " more with -Xmx, if the file can be trusted",
                cause);
    }
}
