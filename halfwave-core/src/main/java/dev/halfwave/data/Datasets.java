package dev.halfwave.data;

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
 *   <li>{@code mnist}: the files of {@link Mnist} in the data folder.
 *   <li>{@code strokes}: 60,000 and 10,000 digits of {@link Strokes}; needs no files.
 *   <li>Anything else is the path of an {@link ImageFolder}, from the current folder or from the data folder. When it is not in {@code
 *       train} and {@code test}, part of every class is held back.
 * </ul>
 */
public final class Datasets {
    /** The part of a folder without test images that is held back, unless told otherwise. */
    public static final double HELD_BACK = 0.2;

    private static final List<String> NAMES = List.of("mnist", "strokes");
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
     * @param images the form of a folder's images; other datasets have one of their own
     * @param heldBack how much of a folder without test images is held back, between 0 and 1, both excluded
     * @param seed chooses which ones
     * @throws IllegalArgumentException if the name is unknown, its files are not found, or a part would be empty
     * @throws dev.halfwave.format.ModelFormatException if a file is malformed
     */
    public static Splits open(String name, Path dataDir, ImageOptions images, double heldBack, long seed) {
        return switch (name) {
            case "mnist" -> Mnist.read(dataDir);
            case "strokes" -> new Splits(Strokes.train(STROKES_TRAIN, 0), Strokes.test(STROKES_TEST, 0));
            default -> folder(existing(name, dataDir), images, heldBack, seed);
        };
    }

    private static Splits folder(Path folder, ImageOptions images, double heldBack, long seed) {
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
                message + ", or the path of a folder of images, which is neither here nor in " + dataDir);
    }
}
