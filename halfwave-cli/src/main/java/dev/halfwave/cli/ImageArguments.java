package dev.halfwave.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The images that a command line names: files, and folders for all images in them. */
final class ImageArguments {
    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

    private ImageArguments() {}

    /**
     * The files, a folder's sorted by name.
     *
     * @throws IllegalArgumentException if a folder has no images
     */
    static List<Path> files(List<Path> arguments) {
        List<Path> files = new ArrayList<>();
        for (Path argument : arguments) {
            if (Files.isDirectory(argument)) {
                files.addAll(imagesIn(argument));
            } else {
                files.add(argument);
            }
        }
        return files;
    }

    private static List<Path> imagesIn(Path folder) {
        List<Path> images;
        try (Stream<Path> entries = Files.list(folder)) {
            images = entries.filter(ImageArguments::isImage).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (images.isEmpty()) {
            throw new IllegalArgumentException(folder + ": expected at least one PNG, JPEG, GIF or BMP image in the"
                    + " folder, received none; name the images, or the folder they are in");
        }
        return images;
    }

    private static boolean isImage(Path path) {
        String name = String.valueOf(path.getFileName());
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(extension) && !name.startsWith(".") && Files.isRegularFile(path);
    }
}
