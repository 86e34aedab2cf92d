package dev.halfwave.inspect;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a filter from a small text file: one line per row, numbers between spaces or commas, {@code #} before a remark.
 *
 * <pre>{@code
 * # brighter below
 * -1 -1
 *  1  1
 * }</pre>
 */
public final class FilterFile {
    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final List<float[]> rows = new ArrayList<>();

    private FilterFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the filter; its name is the file's.
     *
     * @throws ModelFormatException if the content is not rows of as many numbers each; the text names the line
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Filter read(Path file) {
        FilterFile reader = new FilterFile(file);
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            reader.add(lines.get(i), i + 1);
        }
        return reader.filter();
    }

    /** Latin 1 takes every byte, so that what is no text fails as no number, with its line. */
    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new ModelFormatException(file + ": expected a small text file with a filter's numbers, received "
                        + Files.size(file) + " bytes; check the path");
            }
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": expected a readable text file, received an error of the file system (" + e.getMessage()
                            + "); check the path",
                    e);
        }
    }

    private void add(String line, int number) {
        String text = line.replaceFirst("#.*", "").replace(',', ' ').strip();
        if (text.isEmpty()) {
            return;
        }
        String[] words = text.split("\\s+", -1);
        if (!rows.isEmpty() && rows.get(0).length != words.length) {
            throw wrong(number, rows.get(0).length + " numbers as in the first row", String.valueOf(words.length));
        }
        float[] row = new float[words.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = number(words[i], number);
        }
        rows.add(row);
    }

    private float number(String word, int line) {
        try {
            float value = Float.parseFloat(word);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // told below, as infinities are
        }
        String printable = word.replaceAll("[^ -~]", "?");
        String shown = printable.length() > 20 ? printable.substring(0, 20) + "…" : printable;
        throw wrong(line, "a number", "\"" + shown + "\"");
    }

    private ModelFormatException wrong(int line, String expected, String received) {
        return new ModelFormatException(file + " (line " + line + "): expected " + expected + ", received " + received
                + "; write a filter as one line per row, numbers between spaces, remarks behind #");
    }

    private Filter filter() {
        if (rows.isEmpty()) {
            throw wrong(1, "a filter's first row", "a file without any");
        }
        Shape shape = Shape.of(rows.size(), rows.get(0).length);
        Tensor weights = Tensor.zeros(shape);
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, weights.data(), i * shape.size(1), shape.size(1));
        }
        return new Filter(String.valueOf(file.getFileName()), weights);
    }
}
