package dev.halfwave.data;

import dev.halfwave.archive.ReadableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The image files below a folder, and the class of each, which is the name of the sub-folder it is in.
 *
 * @param classes the names, sorted
 * @param files all images, class by class, sorted by name within each
 * @param labels the class of every file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClassFolders(List<String> classes, List<Path> files, int[] labels) {
    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

    /** The classes are those that the folder has. */
    static ClassFolders of(Path folder) {
        List<String> classes =
                subFolders(folder).stream().map(ClassFolders::name).toList();
        if (classes.isEmpty()) {
            throw new IllegalArgumentException(folder + ": expected one sub-folder of images per class, received "
                    + contents(folder) + "; put each image into a sub-folder named after its class");
        }
        if (classes.size() == 1) {
            throw new IllegalArgumentException(
                    folder + ": expected at least two classes to tell apart, received only the sub-folder "
                            + classes.get(0) + "; name the folder whose sub-folders are the classes");
        }
        return of(folder, classes);
    }

    /** The classes are given; the folder need not have all of them, but no other. */
    static ClassFolders of(Path folder, List<String> classes) {
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Path subFolder : subFolders(folder)) {
            int label = classes.indexOf(name(subFolder));
            if (label < 0) {
                throw new IllegalArgumentException(
                        subFolder + ": expected one of the classes trained on, " + classes + ", received "
                                + name(subFolder) + "; remove the folder or add the class to the training images");
            }
            List<Path> found = images(subFolder);
            files.addAll(found);
            labels.addAll(Collections.nCopies(found.size(), label));
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(folder + ": expected sub-folders named after the classes " + classes
                    + ", received " + contents(folder) + "; put the test images into such folders");
        }
        return new ClassFolders(
                List.copyOf(classes),
                List.copyOf(files),
                labels.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The files as sources of images. */
    List<ImageSource> sources() {
        return files.stream().map(ImageSource::of).toList();
    }

    /** The folders directly in a folder, by name, without hidden ones. */
    static List<Path> subFolders(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return sorted(folder, entries.filter(Files::isDirectory).filter(Predicate.not(ClassFolders::isHidden)));
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    private static List<Path> images(Path classFolder) {
        List<Path> images;
        try (Stream<Path> entries = Files.walk(classFolder, FileVisitOption.FOLLOW_LINKS)) {
            images = sorted(classFolder, entries.filter(ClassFolders::isImage));
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(classFolder, e);
        }
        if (images.isEmpty()) {
            throw new IllegalArgumentException(
                    classFolder + ": expected at least one PNG, JPEG, GIF or BMP image, received "
                            + contents(classFolder) + "; add images of the class, or remove the folder");
        }
        return images;
    }

    /** In an order that does not depend on the machine: by the names on the way from the folder. */
    private static List<Path> sorted(Path folder, Stream<Path> entries) {
        Path[] paths = entries.toArray(Path[]::new);
        Arrays.sort(
                paths,
                Comparator.comparing(path -> folder.relativize(path).toString().replace('\\', '/')));
        return List.of(paths);
    }

    private static boolean isImage(Path path) {
        return isImage(name(path)) && Files.isRegularFile(path);
    }

    /** Whether a file is an image by its name, and not hidden. */
    static boolean isImage(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(extension) && !name.startsWith(".");
    }

    /** As {@code .DS_Store} and {@code ._cat.jpg}, which macOS leaves behind. */
    private static boolean isHidden(Path path) {
        return name(path).startsWith(".");
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static String contents(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names = entries.map(ClassFolders::name).sorted().toList();
            String shown = String.join(", ", names.subList(0, Math.min(3, names.size())));
            return names.isEmpty() ? "an empty folder" : "a folder with " + shown + (names.size() > 3 ? ", …" : "");
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    private static UncheckedIOException unreadable(Path folder, Exception e) {
        String received = "an error of the file system (" + e + ")";
        return ReadableFile.refused(
                folder,
                "a readable folder",
                received,
                "check the permissions and links in it",
                e instanceof IOException io ? io : new IOException(e));
    }
}
