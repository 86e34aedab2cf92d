package dev.halfwave.onnx.file;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.onnx.proto.StringStringEntryProto;
import dev.halfwave.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tensors whose numbers lie in files beside the model.
 *
 * <p>Only regular files below the model's own folder are opened: no absolute paths, no {@code ..}, no links that lead
 * out of it.
 *
 * @param folder the model's folder; null for a model that was not read from a file
 */
record ExternalData(@Nullable Path folder) {

    /**
     * The bytes of a tensor.
     *
     * @param length how many there must be
     * @throws ModelFormatException if they are not where the model may keep them
     * @throws UncheckedIOException if they cannot be read
     */
    ByteBuffer bytes(TensorProto tensor, long length, String where) {
        Path file = file(text(tensor, "location"), where);
        long offset = number(text(tensor, "offset"), 0, where);
        long stated = number(text(tensor, "length"), length, where);
        if (stated != length) {
            throw new ModelFormatException(where + ": expected a length of " + length
                    + " bytes, as its sizes and type say, received " + stated);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (offset > channel.size() - length) {
                throw new ModelFormatException(where + ": expected " + length + " bytes from byte " + offset + " of "
                        + file.getFileName() + ", received a file of " + channel.size() + " bytes; fetch it again");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path file(@Nullable String location, String where) {
        if (folder == null || location == null || location.isEmpty()) {
            throw new ModelFormatException(where + ": expected the name of a file beside the model, received "
                    + (location == null || location.isEmpty() ? "none" : "a model that is no file"));
        }
        try {
            Path relative = Path.of(location);
            boolean climbs = relative.isAbsolute();
            for (Path part : relative) {
                climbs |= part.toString().equals("..");
            }
            Path base = folder.toRealPath();
            Path file = base.resolve(relative);
            if (climbs || !Files.exists(file) || !file.toRealPath().startsWith(base) || !Files.isRegularFile(file)) {
                throw new ModelFormatException(where + ": expected a file inside the model's folder, received \""
                        + location + "\"; put it there, and name it without \"..\"");
            }
            return file;
        } catch (InvalidPathException | IOException unusable) {
            throw new ModelFormatException(
                    where + ": expected a file inside the model's folder, received \"" + location + "\"", unusable);
        }
    }

    private static @Nullable String text(TensorProto tensor, String key) {
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            if (entry.getKey().equals(key)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static long number(@Nullable String text, long otherwise, String where) {
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new ModelFormatException(
                    where + ": expected an offset and a length in bytes, received \"" + text + "\"", notANumber);
        }
        throw new ModelFormatException(where + ": expected an offset and a length of 0 or more, received " + text);
    }
}
