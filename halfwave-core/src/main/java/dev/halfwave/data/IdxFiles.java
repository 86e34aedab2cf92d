package dev.halfwave.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The four IDX files that MNIST and its relatives consist of, under the names of the official site or near ones. */
final class IdxFiles {
    static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private static final List<String> STEMS = List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

    private IdxFiles() {}

    /** The first of some folders that has any of the files, so that files of two datasets are never mixed. */
    static Optional<Path> folder(List<Path> folders) {
        return folders.stream()
                .filter(folder -> STEMS.stream().anyMatch(stem -> has(folder, stem)))
                .findFirst();
    }

    static boolean has(Path folder, String stem) {
        return !candidates(folder, stem).isEmpty();
    }

    /**
     * Reads all four files from the first folder that has any.
     *
     * @param name what messages call the dataset
     */
    static Splits read(String name, List<Path> folders, List<String> classes) {
        Path folder = folder(folders).orElseThrow(() -> missing(name, TRAIN_IMAGES, folders));
        return new Splits(
                Idx.dataset(
                        name + " train", file(name, folder, TRAIN_IMAGES), file(name, folder, TRAIN_LABELS), classes),
                Idx.dataset(name + " test", file(name, folder, TEST_IMAGES), file(name, folder, TEST_LABELS), classes));
    }

    private static Path file(String name, Path folder, String stem) {
        return candidates(folder, stem).stream().findFirst().orElseThrow(() -> missing(name, stem, List.of(folder)));
    }

    private static List<Path> candidates(Path folder, String stem) {
        return names(stem).stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    /** Some mirrors have a dot where the official name has a hyphen. */
    private static List<String> names(String stem) {
        String dotted = stem.replace("-idx", ".idx");
        List<String> names = new ArrayList<>();
        for (String name : List.of(stem, dotted)) {
            names.add(name);
            names.add(name + ".gz");
        }
        return names;
    }

    private static IllegalArgumentException missing(String name, String stem, List<Path> folders) {
        List<String> where = folders.stream().map(Path::toString).toList();
        return new IllegalArgumentException(
                name + ": expected one of the files " + String.join(", ", names(stem)) + " in "
                        + String.join(" or ", where)
                        + ", received none of them; put the dataset's four files there, name their folder with"
                        + " --data-dir, or use the dataset strokes, which needs no files");
    }
}
