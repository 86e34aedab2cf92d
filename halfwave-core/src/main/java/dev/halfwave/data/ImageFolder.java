package dev.halfwave.data;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The images in a folder with one sub-folder per class: {@code photos/cat/1.jpg, photos/dog/7.png}.
 *
 * <p>Classes and files are sorted by name. PNG, JPEG, GIF and BMP files count, also in folders further down; files with
 * another ending and names that begin with a dot do not. {@link Images} says what becomes of colours, transparency and
 * sizes. Images are decoded when they are read, and kept as 8-bit values when all of them together take at most 512
 * MiB.
 *
 * <p>The folders of the classes may be in {@code train} and {@code test} (or {@code val}); these are {@linkplain
 * #splits two datasets}.
 */
public final class ImageFolder implements Dataset {
    private final ClassFolders found;
    private final DecodedImages images;

    private ImageFolder(ClassFolders found, DecodedImages images) {
        this.found = found;
        this.images = images;
    }

    /**
     * The images of a folder whose sub-folders are the classes.
     *
     * @throws IllegalArgumentException if there is no such folder, it has fewer than two sub-folders, or one is without images
     * @throws ModelFormatException if the first image cannot be read, or sizes differ and none was asked for
     */
    public static ImageFolder read(Path folder, ImageOptions options) {
        ClassFolders found = ClassFolders.of(existing(folder));
        return new ImageFolder(
                found, DecodedImages.of(folder.toString(), found.classes(), found.sources(), found.labels(), options));
    }

    /**
     * The images of a folder that has the folders {@code train} and {@code test}, or {@code train} and {@code val}.
     *
     * <p>Both parts have the shape of the training images and their classes; the test images may lack some classes, but
     * have no others.
     *
     * @throws IllegalArgumentException if there is no such folder, or it or a part of it is not as described
     * @throws ModelFormatException if the first training image cannot be read, or sizes differ and none was asked for
     */
    public static Splits splits(Path folder, ImageOptions options) {
        Path testFolder = Stream.of("test", "val")
                .map(existing(folder)::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(folder
                        + ": expected the folders train and test (or val), received" + " no test; add it, or name "
                        + folder.resolve("train") + " to hold back part of its images"));
        ImageFolder train = read(folder.resolve("train"), options);
        ClassFolders tested = ClassFolders.of(testFolder, train.classes());
        return new Splits(
                train,
                new ImageFolder(tested, train.images.alike(testFolder.toString(), tested.sources(), tested.labels())));
    }

    /** Whether a folder's images are in {@code train} and other parts: {@code train} has sub-folders. */
    public static boolean isSplit(Path folder) {
        Path train = existing(folder).resolve("train");
        return Files.isDirectory(train) && !ClassFolders.subFolders(train).isEmpty();
    }

    private static Path existing(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + ": expected a folder of images, received "
                    + (Files.exists(folder) ? "a file" : "nothing there") + "; check the path");
        }
        return folder;
    }

    @Override
    public String name() {
        return images.name();
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public Shape sampleShape() {
        return images.sampleShape();
    }

    @Override
    public List<String> classes() {
        return images.classes();
    }

    @Override
    public int label(int index) {
        return images.label(index);
    }

    /** The file that a sample comes from. */
    public Path file(int index) {
        return found.files().get(index);
    }

    @Override
    public void read(int index, float[] into, int offset) {
        images.read(index, into, offset);
    }
}
