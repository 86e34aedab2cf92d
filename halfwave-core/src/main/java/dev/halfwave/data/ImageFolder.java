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
    private final String name;
    private final ClassFolders found;
    private final Shape sampleShape;
    private final boolean resizes;
    private final SampleCache cache;

    private ImageFolder(String name, ClassFolders found, Shape sampleShape, boolean resizes) {
        this.name = name;
        this.found = found;
        this.sampleShape = sampleShape;
        this.resizes = resizes;
        this.cache = new SampleCache(found.files().size(), sampleShape.elements(), this::decode);
        if (!resizes) {
            found.files().forEach(file -> checkSize(file, ImageDecoder.size(file)));
        }
    }

    /**
     * The images of a folder whose sub-folders are the classes.
     *
     * @throws IllegalArgumentException if there is no such folder, it has fewer than two sub-folders, or one is without images
     * @throws ModelFormatException if the first image cannot be read, or sizes differ and none was asked for
     */
    public static ImageFolder read(Path folder, ImageOptions options) {
        ClassFolders found = ClassFolders.of(existing(folder));
        return new ImageFolder(folder.toString(), found, shape(found.files().get(0), options), options.height() > 0);
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
        return new Splits(train, new ImageFolder(testFolder.toString(), tested, train.sampleShape, train.resizes));
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

    private static Shape shape(Path first, ImageOptions options) {
        Pixels pixels = ImageDecoder.decode(first);
        return Shape.of(
                options.height() > 0 ? options.height() : pixels.height(),
                options.width() > 0 ? options.width() : pixels.width(),
                options.channels() > 0 ? options.channels() : pixels.channels());
    }

    private void checkSize(Path file, int... size) {
        if (size[0] != sampleShape.size(0) || size[1] != sampleShape.size(1)) {
            throw new ModelFormatException(file + ": expected an image of height " + sampleShape.size(0) + " and width "
                    + sampleShape.size(1) + " as the first one, received height " + size[0] + " and width " + size[1]
                    + "; ask for a height and width to which all images are resized");
        }
    }

    private byte[] decode(int index) {
        Path file = found.files().get(index);
        Pixels pixels = ImageDecoder.decode(file);
        if (!resizes) {
            checkSize(file, pixels.height(), pixels.width());
        }
        return pixels.withChannels(sampleShape.size(2))
                .resized(sampleShape.size(0), sampleShape.size(1))
                .bytes();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return found.files().size();
    }

    @Override
    public Shape sampleShape() {
        return sampleShape;
    }

    @Override
    public List<String> classes() {
        return found.classes();
    }

    @Override
    public int label(int index) {
        return found.labels()[index];
    }

    /** The file that a sample comes from. */
    public Path file(int index) {
        return found.files().get(index);
    }

    @Override
    public void read(int index, float[] into, int offset) {
        Pixels.scale(cache.get(index), 0, into, offset, sampleShape.elements());
    }
}
