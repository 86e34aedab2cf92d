package dev.halfwave.data;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The images of a table in text form, one a line: a label and the pixels, as Kaggle has MNIST.
 *
 * <ul>
 *   <li>The first line may name the columns; the one called label, class, target or y holds the label. Otherwise it is the first column.
 *   <li>The other columns are pixels from 0 to 255, row by row. A square number of them is a grey image, three times a square number one in
 *       colour, red, green and blue of each pixel together.
 *   <li>Labels are numbers or words. The classes are those that occur, in order.
 *   <li>Columns are divided by commas, semicolons or tabs, and may be in quotes. The file may be packed with gzip.
 * </ul>
 */
final class CsvImages {
    private static final int MOST_CLASSES = 256;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

    private final Path file;
    private final List<byte[]> images = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private final Map<String, Integer> labels =
            new TreeMap<>(Comparator.comparingInt(CsvImages::asNumber).thenComparing(Comparator.naturalOrder()));

    private @Nullable Shape sample;

    private CsvImages(Path file) {
        this.file = file;
    }

    /**
     * Reads a table.
     *
     * @throws ModelFormatException if it is none of images, or a line differs from the first one
     */
    static Dataset read(Path file, ImageOptions options) {
        CsvImages table = new CsvImages(file);
        try (CsvLines lines = new CsvLines(file)) {
            CsvColumns columns = CsvColumns.of(lines);
            Shape shape = columns.shape();
            while (lines.hasLine()) {
                table.add(lines, columns, shape, options);
            }
        }
        return table.dataset();
    }

    private void add(CsvLines lines, CsvColumns columns, Shape shape, ImageOptions options) {
        byte[] bytes = new byte[shape.elements()];
        String label = columns.read(lines, bytes);
        Pixels pixels = new Pixels(bytes, shape.size(0), shape.size(1), shape.size(2));
        if (options.channels() > 0) {
            pixels = pixels.withChannels(options.channels());
        }
        if (options.height() > 0) {
            pixels = pixels.resized(options.height(), options.width());
        }
        if (sample == null) {
            sample = Shape.of(pixels.height(), pixels.width(), pixels.channels());
        }
        images.add(pixels.bytes());
        numbers.add(labels.computeIfAbsent(label, unseen -> labels.size()));
    }

    /** Numbers first, by their size; words behind all of them. */
    private static int asNumber(String label) {
        return label.matches("\\d{1,9}") ? Integer.parseInt(label) : Integer.MAX_VALUE;
    }

    private Dataset dataset() {
        if (sample == null) {
            throw new ModelFormatException(
                    file + ": expected one image a line, received none; add lines of a label and pixels");
        }
        if (labels.size() < 2 || labels.size() > MOST_CLASSES) {
            throw new ModelFormatException(file + ": expected 2 to " + MOST_CLASSES
                    + " different labels, received " + shown()
                    + "; check that the first column, or the one named label, holds the class");
        }
        long total = (long) images.size() * sample.elements();
        if (total > MOST_BYTES) {
            throw new ModelFormatException(file + ": expected at most " + MOST_BYTES + " pixels, received " + total
                    + "; split the file, or put the images into folders");
        }
        byte[] pixels = new byte[(int) total];
        byte[] classes = new byte[images.size()];
        List<String> names = List.copyOf(labels.keySet());
        int[] places = new int[names.size()];
        names.forEach(name -> places[labels.getOrDefault(name, 0)] = names.indexOf(name));
        for (int i = 0; i < classes.length; i++) {
            System.arraycopy(images.get(i), 0, pixels, i * sample.elements(), sample.elements());
            classes[i] = (byte) places[numbers.get(i)];
        }
        return new PackedImages(file.toString(), sample, names, pixels, classes);
    }

    private String shown() {
        List<String> names = List.copyOf(labels.keySet());
        return names.size() == 1 ? "only " + names.get(0) : Integer.toString(names.size());
    }
}
