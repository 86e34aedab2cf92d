package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the columns of a table of images are.
 *
 * @param count how many there are
 * @param label the place of the one with the label, from 0
 * @param shape of the images that the others make
 */
record CsvColumns(int count, int label, Shape shape) {
    private static final Set<String> LABEL_NAMES = Set.of("label", "labels", "class", "target", "y");
    private static final int MOST_NAMED = 3;

    /** Looks at the first line, and goes on to the second one if the first names the columns. */
    static CsvColumns of(CsvLines lines) {
        if (!lines.hasLine()) {
            throw lines.wrong("a line with a label and pixels", "an empty file", "check the path");
        }
        List<String> first = lines.columns();
        boolean named = first.size() > 1 && first.stream().skip(1).noneMatch(CsvColumns::isNumber);
        int label = named ? labelColumn(lines, first) : 0;
        Shape shape = shape(lines, first.size());
        if (named) {
            lines.advance();
        }
        return new CsvColumns(first.size(), label, shape);
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");
    }

    private static int labelColumn(CsvLines lines, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (LABEL_NAMES.contains(names.get(i).toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        throw lines.wrong(
                "a column named label (or class, target, y)",
                shown + (names.size() > MOST_NAMED ? ", …" : ""),
                "add the labels; a test table without any cannot be trained on or measured with");
    }

    /** A square number of pixels is a grey image, three times one is in colour. */
    private static Shape shape(CsvLines lines, int columns) {
        int pixels = columns - 1;
        int grey = (int) Math.round(Math.sqrt(pixels));
        int colour = (int) Math.round(Math.sqrt(pixels / 3.0));
        if (pixels > 0 && grey * grey == pixels) {
            return Shape.of(grey, grey, 1);
        }
        if (pixels > 0 && 3 * colour * colour == pixels) {
            return Shape.of(colour, colour, 3);
        }
        throw lines.wrong(
                "a label and the pixels of a square image, as in 1 + 784 = 1 + 28×28 columns",
                columns + (columns == 1 ? " column" : " columns"),
                "check that no column is missing and that they are divided by commas");
    }

    /** Reads the line at hand and goes on to the next one; the pixels go to {@code into}, the label is returned. */
    String read(CsvLines lines, byte[] into) {
        byte[] line = lines.bytes();
        String text = "";
        int column = 0;
        int pixel = 0;
        int start = 0;
        for (int i = 0; i <= line.length; i++) {
            if (i == line.length || line[i] == lines.separator()) {
                if (column == label) {
                    text = CsvLines.unquoted(new String(line, start, i - start, StandardCharsets.UTF_8));
                } else if (pixel < into.length) {
                    into[pixel++] = value(lines, line, start, i, column);
                }
                column++;
                start = i + 1;
            }
        }
        if (column != count) {
            throw lines.wrong(
                    count + " columns as in the first line",
                    Integer.toString(column),
                    "check that no value is missing and that the line is complete");
        }
        if (text.isEmpty()) {
            throw lines.wrong("a label in column " + (label + 1), "nothing", "add it or remove the line");
        }
        lines.advance();
        return text;
    }

    private static byte value(CsvLines lines, byte[] line, int from, int to, int column) {
        int value = 0;
        for (int i = from; i < to && value < 256; i++) {
            int digit = line[i] - '0';
            if (digit < 0 || digit > 9) {
                return slowValue(lines, new String(line, from, to - from, StandardCharsets.UTF_8), column);
            }
            value = 10 * value + digit;
        }
        return from < to && value < 256
                ? (byte) value
                : slowValue(lines, new String(line, from, to - from, StandardCharsets.UTF_8), column);
    }

    /** With blanks, in quotes, or as 254.0. */
    private static byte slowValue(CsvLines lines, String text, int column) {
        String number = CsvLines.unquoted(text);
        if (number.matches("0{0,9}\\d{1,3}(\\.0*)?") && Double.parseDouble(number) < 256) {
            return (byte) Double.parseDouble(number);
        }
        throw lines.wrong(
                "a whole number from 0 to 255 in column " + (column + 1),
                number.isEmpty() ? "nothing" : number.substring(0, Math.min(30, number.length())),
                "write pixels as 8-bit values");
    }
}
