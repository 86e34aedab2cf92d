package dev.halfwave.onnx.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hostile files on their way to a {@link Trial}. */
final class Folder {
    private final Path path;
    private final List<Path> files = new ArrayList<>();

    Folder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    List<Path> files() {
        return files;
    }

    Folder add(String name, byte[] content) throws IOException {
        Path file = path.resolve(name + ".onnx");
        files.add(Files.write(file, content));
        return this;
    }

    Folder add(String name, Sketch model) throws IOException {
        return add(name, model.bytes());
    }

    Folder add(String name, Wire bytes) throws IOException {
        return add(name, bytes.bytes());
    }
}
