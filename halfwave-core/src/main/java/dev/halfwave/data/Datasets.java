package dev.halfwave.data;

import dev.halfwave.download.Watcher;
import dev.halfwave.name.Names;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds data by name.
 *
 * <ul>
 *   <li>{@code mnist}, {@code fashion-mnist}, {@code kmnist}, {@code cifar10}, {@code cifar100}: files in the data folder, in the folder of that
 *       name, as {@link #download} puts them there.
 *   <li>{@code strokes}: 60,000 and 10,000 digits of {@link Strokes}; needs no files.
 *   <li>Anything else is a path, from the current folder or from the data folder: of an {@link ImageFolder}, of a zip or tar file of one,
 *       of the folder or archive of CIFAR's binary files, of a folder of MNIST's files, or of a CSV table with a label and the pixels of one
 *       image a line. When it is not in {@code train} and {@code test}, part of every class is held back.
 * </ul>
 */
public final class Datasets {
    /** The part of a folder without test images that is held back, unless told otherwise. */
    public static final double HELD_BACK = 0.2;

    private static final String STROKES = "strokes";
    private static final List<String> NAMES = Stream.concat(
                    Published.all().stream().map(Published::name), Stream.of(STROKES))
            .toList();
    private static final int STROKES_TRAIN = 60_000;
    private static final int STROKES_TEST = 10_000;

    private Datasets() {}

    /** The names of the datasets that have one. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Opens a dataset; the images of a folder are taken as they are, and {@link #HELD_BACK} of them held back if it has
     * no test images.
     *
     * @param name a name or a path
     * @param dataDir where datasets with files are looked for
     * @throws IllegalArgumentException if the name is unknown, or its files are not found
     * @throws dev.halfwave.format.ModelFormatException if a file is malformed
     */
    public static Splits open(String name, Path dataDir) {
        return open(name, dataDir, ImageOptions.asTheyAre(), HELD_BACK, 0);
    }

    /**
     * Opens a dataset.
     *
     * @param name a name or a path
     * @param dataDir where datasets with files are looked for
     * @param images the form of the images of a folder, an archive or a table; other datasets have one of their own
     * @param heldBack how much of one without test images is held back, between 0 and 1, both excluded
     * @param seed chooses which ones
     * @throws IllegalArgumentException if the name is unknown, its files are not found, or a part would be empty
     * @throws dev.halfwave.format.ModelFormatException if a file is malformed
     */
    public static Splits open(String name, Path dataDir, ImageOptions images, double heldBack, long seed) {
        if (name.equals(STROKES)) {
            return new Splits(Strokes.train(STROKES_TRAIN, 0), Strokes.test(STROKES_TEST, 0));
        }
        Optional<Published> published = Published.named(name);
        if (published.isPresent()) {
            return published.get().read(dataDir);
        }
        Path path = existing(name, dataDir);
        return Files.isDirectory(path)
                ? folder(path, images, heldBack, seed)
                : DataFile.read(path, images, heldBack, seed);
    }

    /**
     * Fetches a dataset's missing files from its official mirrors into the folder of its name in the data folder; does
     * nothing for what is there already or is no dataset to download.
     *
     * <p>A file gets its name only when its contents have the published checksum; what broke off is gone on with by the
     * next call. Connections go through the JVM's proxy ({@code https.proxyHost} and its relatives); the system property
     * {@code halfwave.mirror} names another server that has each dataset's files in a folder of its name.
     *
     * @param watcher hears what is fetched and from where
     * @throws java.io.UncheckedIOException if no mirror gives the right file, or it cannot be written
     */
    public static void download(String name, Path dataDir, Watcher watcher) {
        Published.named(name).ifPresent(published -> published.download(dataDir, watcher));
    }

    private static Splits folder(Path folder, ImageOptions images, double heldBack, long seed) {
        Optional<Cifar> cifar = Cifar.in(folder);
        if (cifar.isPresent()) {
            return cifar.get().read(folder);
        }
        if (IdxFiles.folder(List.of(folder)).isPresent()) {
            return IdxFiles.read(folder.toString(), List.of(folder), Mnist.CLASSES);
        }
        return ImageFolder.isSplit(folder)
                ? ImageFolder.splits(folder, images)
                : ImageFolder.read(folder, images).split(heldBack, seed);
    }

    private static Path existing(String name, Path dataDir) {
        return path(name)
                .flatMap(path -> Stream.of(path, dataDir.resolve(path))
                        .filter(Files::exists)
                        .findFirst())
                .orElseThrow(() -> unknown(name, dataDir));
    }

    private static Optional<Path> path(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty(); // no path on this system, so the name of nothing
        }
    }

    private static IllegalArgumentException unknown(String name, Path dataDir) {
        String message = Names.unknown("dataset", name, NAMES).getMessage();
        return new IllegalArgumentException(
                message + ", or the path of a folder, an archive or a table of images, which is neither here nor in "
                        + dataDir);
    }
}
