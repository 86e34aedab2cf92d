package dev.halfwave.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

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
    static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    private Mnist() {}

    /**
     * Reads all four files into memory.
     *
     * @param dataDir the folder that holds the files, or the folder {@code mnist} with the files
     * @throws IllegalArgumentException if a file is not found
     * @throws dev.halfwave.format.ModelFormatException if a file is malformed
     */
    public static Splits read(Path dataDir) {
        return IdxFiles.read("mnist", List.of(dataDir.resolve("mnist"), dataDir), CLASSES);
    }
}
