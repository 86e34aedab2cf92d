package dev.halfwave.cli;

import dev.halfwave.format.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a Markdown file that a command writes, between two comments that no reader sees.
 *
 * @param file where it is
 * @param name of the section, as in {@code <!-- compare -->} and {@code <!-- /compare -->}
 */
record MarkdownSection(Path file, String name) {

    /**
     * Puts a text in place of what is there.
     *
     * @throws IllegalArgumentException if the file has no such section
     * @throws UncheckedIOException if it cannot be read or written
     */
    void replace(String text) {
        String whole = read();
        int from = from(whole);
        String changed = whole.substring(0, from) + "\n\n" + text.strip() + "\n\n" + whole.substring(to(whole));
        AtomicFile.write(file, stream -> stream.write(changed.getBytes(StandardCharsets.UTF_8)));
    }

    /** Fails now rather than after a long computation if there is no such section. */
    void check() {
        String whole = read();
        if (from(whole) < opening().length() || to(whole) < from(whole)) {
            throw new IllegalArgumentException(file + ": expected the lines " + opening() + " and " + closing()
                    + ", received a file without; put them where the table is to stand");
        }
    }

    private int from(String whole) {
        return whole.indexOf(opening()) + opening().length();
    }

    private int to(String whole) {
        return whole.indexOf(closing());
    }

    private String opening() {
        return "<!-- " + name + " -->";
    }

    private String closing() {
        return "<!-- /" + name + " -->";
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
