package dev.halfwave.cli;

import dev.halfwave.format.AtomicFile;
import dev.halfwave.format.Pictures;
import dev.halfwave.train.Confusion;
import dev.halfwave.train.Evaluation;
import dev.halfwave.train.Score;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jfree.svg.SVGGraphics2D;

/**
 * Draws a confusion matrix to a file.
 *
 * @param confusion what was taken for what
 * @param data what it was measured on
 */
record ConfusionPicture(Confusion confusion, String data) {
    /** Pixels per unit in a raster, so that text is sharp on dense screens too. */
    private static final int DENSITY = 2;

    private static final int PAGE = 820;

    /** Writes it in the form that the file's name ends in: png, svg or html. */
    void write(Path file) {
        String name = file.toString();
        if (name.endsWith(".svg")) {
            withFonts(() -> writeSvg(file));
        } else if (name.endsWith(".html")) {
            withFonts(() -> writePage(file));
        } else {
            withFonts(() -> writePng(file));
        }
    }

    private static void withFonts(Runnable drawing) {
        try {
            drawing.run();
        } catch (LinkageError | InternalError e) { // how AWT says that it found no font
            throw new IllegalStateException(
                    "confusion: expected fonts to write with, received none from this system (" + e
                            + "); install fontconfig and a font, as in the package fonts-dejavu-core",
                    e);
        }
    }

    private ConfusionChart chart(Theme theme) {
        return new ConfusionChart(confusion, heading(), theme);
    }

    private String heading() {
        return String.format(
                Locale.ROOT, "%s: %,d images, accuracy %.4f", data, confusion.samples(), confusion.accuracy());
    }

    private void writePng(Path file) {
        BufferedImage image = raster(Theme.LIGHT);
        int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        Pictures.writePng(file, image.getWidth(), image.getHeight(), argb);
    }

    private BufferedImage raster(Theme theme) {
        ConfusionChart chart = chart(theme);
        int side = chart.side() * DENSITY;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        try {
            g.scale(DENSITY, DENSITY);
            chart.draw(g);
        } finally {
            g.dispose();
        }
        return image;
    }

    private void writeSvg(Path file) {
        ConfusionChart chart = chart(Theme.LIGHT);
        SVGGraphics2D g = new SVGGraphics2D(chart.side(), chart.side());
        g.setDefsKeyPrefix("halfwave"); // instead of one from the clock: the same picture gives the same bytes
        g.setGeomDoubleConverter(length -> Double.toString(Math.rint(100 * length) / 100));
        chart.draw(g);
        byte[] text = g.getSVGDocument().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(text));
    }

    private void writePage(Path file) {
        TextTable scores = new MetricsReport(new Evaluation(new Score(0, 0, 0), 1, 0, confusion)).classes();
        HtmlPage page = new HtmlPage("Confusion matrix")
                .text(heading()
                        + ". Each row is one class's images, each column what they were taken for; what is right"
                        + " is on the diagonal.")
                .picture(
                        "what was taken for what",
                        Math.min(PAGE, chart(Theme.LIGHT).side()),
                        this::raster,
                        counts())
                .section("Each class")
                .table(withHead(scores));
        byte[] text = page.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(text));
    }

    private static List<List<String>> withHead(TextTable table) {
        List<List<String>> rows = new ArrayList<>(table.rows());
        rows.add(0, table.head());
        return rows;
    }

    private List<List<String>> counts() {
        int size = confusion.classes().size();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(confusion.classes());
        head.add(0, "right class, predicted");
        rows.add(head);
        for (int right = 0; right < size; right++) {
            int row = right;
            List<String> cells = new ArrayList<>(List.of(confusion.classes().get(right)));
            IntStream.range(0, size).forEach(column -> cells.add(Long.toString(confusion.count(row, column))));
            rows.add(cells);
        }
        return rows;
    }
}
