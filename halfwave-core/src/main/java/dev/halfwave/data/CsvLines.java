package dev.halfwave.data;

import dev.halfwave.archive.UnpackedFile;
import dev.halfwave.format.ModelFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The lines of a table, each cut into its columns; empty lines are passed over. */
final class CsvLines implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    /** Room for an image of a mebipixel in colour. */
    private static final int MOST_LINE_BYTES = 1 << 24;

    private final Path file;
    private final UnpackedFile in;
    private byte[] buffer = new byte[0];
    private int from;
    private byte[] line = new byte[0];
    private int number;
    private byte separator;

    CsvLines(Path file) {
        this.file = file;
        this.in = UnpackedFile.open(file);
        if (hasMore() && buffer.length > 2 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb) {
            from = 3; // the mark that some programs put in front of UTF-8
        }
        advance();
        String first = new String(line, StandardCharsets.UTF_8);
        separator = (byte) (first.contains(",") ? ',' : first.contains(";") ? ';' : '\t');
    }

    boolean hasLine() {
        return line.length > 0;
    }

    /** The columns of the line at hand, as they stand there; goes on to the next one. */
    List<String> columns() {
        List<String> columns = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= line.length; i++) {
            if (i == line.length || line[i] == separator) {
                columns.add(unquoted(new String(line, start, i - start, StandardCharsets.UTF_8)));
                start = i + 1;
            }
        }
        return columns;
    }

    static String unquoted(String column) {
        String text = column.strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** The line at hand, without its end. */
    byte[] bytes() {
        return line;
    }

    byte separator() {
        return separator;
    }

    /** Goes on to the next line that is not empty, or to the end. */
    void advance() {
        line = new byte[0];
        while (line.length == 0 && hasMore()) {
            line = next();
            number++;
        }
    }

    private byte[] next() {
        byte[] found = new byte[0];
        while (hasMore()) {
            int end = from;
            while (end < buffer.length && buffer[end] != '\n') {
                end++;
            }
            found = joined(found, end);
            boolean complete = end < buffer.length;
            from = end + 1;
            if (complete) {
                break;
            }
        }
        int length = found.length;
        while (length > 0 && (found[length - 1] == '\r' || found[length - 1] == ' ')) {
            length--;
        }
        return Arrays.copyOf(found, length);
    }

    private byte[] joined(byte[] beginning, int end) {
        int length = beginning.length + end - from;
        if (length > MOST_LINE_BYTES) {
            number++;
            throw wrong("lines of at most " + MOST_LINE_BYTES + " bytes", "a longer one", "give a table of text");
        }
        byte[] joined = Arrays.copyOf(beginning, length);
        System.arraycopy(buffer, from, joined, beginning.length, end - from);
        return joined;
    }

    private boolean hasMore() {
        if (from >= buffer.length) {
            buffer = in.upTo(CHUNK);
            from = 0;
        }
        return buffer.length > 0;
    }

    /** An exception for the line at hand. */
    ModelFormatException wrong(String expected, String received, String advice) {
        return new ModelFormatException(
                file + " (line " + number + "): expected " + expected + ", received " + received + "; " + advice);
    }

    @Override
    public void close() {
        in.close();
    }
}
