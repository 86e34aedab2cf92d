package dev.halfwave.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The MNIST digits: 60,000 to train on and 10,000 to test with, {@code [28, 28, 1]}, white on black.
 *
 * <p>The four IDX files are looked for in the folder {@code mnist} of the data folder, then in the data folder itself,
 * under the names of the official site, plain or with {@code .gz}. Files of the same names with other contents, such as
 * Fashion-MNIST's, are read as well.
 *
 * @see <a href="https://doi.org/10.1109/5.726791">LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition,
 *     1998, section III</a>
 */
public final class Mnist {
    private static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private Mnist() {}

    /**
     * Reads all four files into memory.
     *
     * @param dataDir the folder that holds the files, or the folder {@code mnist} with the files
     * @throws IllegalArgumentException if a file is not found
     * @throws dev.halfwave.format.ModelFormatException if a file is malformed
     */
    public static Splits read(Path dataDir) {
        Path folder = folder(dataDir);
        return new Splits(
                Idx.dataset("mnist train", file(folder, TRAIN_IMAGES), file(folder, TRAIN_LABELS), CLASSES),
                Idx.dataset("mnist test", file(folder, TEST_IMAGES), file(folder, TEST_LABELS), CLASSES));
    }

    /** The first of the folders that has any of the files, so that files of two datasets are never mixed. */
    private static Path folder(Path dataDir) {
        List<Path> folders = List.of(dataDir.resolve("mnist"), dataDir);
        return folders.stream()
                .filter(folder -> Stream.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)
                        .anyMatch(stem -> !candidates(folder, stem).isEmpty()))
                .findFirst()
                .orElseThrow(() -> missing(TRAIN_IMAGES, folders));
    }

    private static Path file(Path folder, String stem) {
        return candidates(folder, stem).stream().findFirst().orElseThrow(() -> missing(stem, List.of(folder)));
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

    private static IllegalArgumentException missing(String stem, List<Path> folders) {
        List<String> where = folders.stream().map(Path::toString).toList();
        return new IllegalArgumentException(
                "mnist: expected one of the files " + String.join(", ", names(stem)) + " in "
                        + String.join(" or ", where)
                        + ", received none of them; put MNIST's four files there, name their folder with"
                        + " --data-dir, or use the dataset strokes, which needs no files");
    }
}
