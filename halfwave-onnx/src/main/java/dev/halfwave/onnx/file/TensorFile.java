package dev.halfwave.onnx.file;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tensor in a file of its own, as test cases have them.
 *
 * @param name what the file calls it; empty if it does not
 * @param content its numbers
 */
public record TensorFile(String name, Literal content) {

    /**
     * Reads a tensor.
     *
     * @throws ModelFormatException if the file holds none
     * @throws UncheckedIOException if it cannot be read
     */
    public static TensorFile read(Path file) {
        try {
            TensorProto tensor = TensorProto.parseFrom(Files.readAllBytes(file));
            return new TensorFile(tensor.getName(), new TensorReader().read(tensor, file.toString()));
        } catch (InvalidProtocolBufferException malformed) {
            throw new ModelFormatException(
                    file + ": expected a tensor as ONNX writes them, received bytes that are none", malformed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
