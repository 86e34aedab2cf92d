package dev.halfwave.cli;

import dev.halfwave.activation.Activation;
import dev.halfwave.format.AtomicFile;
import dev.halfwave.format.Pictures;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jfree.svg.SVGGraphics2D;

/**
 * Draws activations and their derivatives, one small chart for each.
 *
 * @param functions what to draw, row by row
 */
record ActivationPicture(List<Activation> functions) {
    /** Pixels per unit of the sizes below in a PNG, so that text is sharp on dense screens too. */
    private static final int DENSITY = 2;

    private static final int WIDTH = 800;
    private static final int MARGIN = 16;
    private static final int LEGEND = 34;
    private static final int MOST_COLUMNS = 4;
    private static final int HEIGHT_OF_ONE = 168;
    private static final int GAP = 8;
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    /** Writes it as raster. */
    void writePng(Path file) {
        BufferedImage image = new BufferedImage(WIDTH * DENSITY, height() * DENSITY, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        try {
            g.scale(DENSITY, DENSITY);
            withFonts(this::draw, g);
        } finally {
            g.dispose();
        }
        int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        Pictures.writePng(file, image.getWidth(), image.getHeight(), argb);
    }

    /** Writes it as lines and text. */
    void writeSvg(Path file) {
        SVGGraphics2D g = new SVGGraphics2D(WIDTH, height());
        g.setDefsKeyPrefix("halfwave"); // instead of one from the clock: the same picture gives the same bytes
        g.setGeomDoubleConverter(length -> Double.toString(Math.rint(100 * length) / 100));
        withFonts(this::draw, g);
        byte[] text = g.getSVGDocument().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(text));
    }

    private static void withFonts(Consumer<Graphics2D> drawing, Graphics2D g) {
        try {
            drawing.accept(g);
        } catch (LinkageError | InternalError e) { // how AWT says that it found no font
            throw new IllegalStateException(
                    "activations: expected fonts to write with, received none from this system (" + e
                            + "); install fontconfig and a font, as in the package fonts-dejavu-core",
                    e);
        }
    }

    private int columns() {
        return Math.min(MOST_COLUMNS, functions.size());
    }

    private int heightOfOne() {
        return columns() == MOST_COLUMNS ? HEIGHT_OF_ONE : 260;
    }

    private int height() {
        int rows = (functions.size() + columns() - 1) / columns();
        return 2 * MARGIN + LEGEND + rows * (heightOfOne() + GAP);
    }

    private void draw(Graphics2D g) {
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, height());
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        drawLegend(g);
        double width = (WIDTH - 2 * MARGIN + GAP) / (double) columns();
        for (int i = 0; i < functions.size(); i++) {
            double x = MARGIN + i % columns() * width;
            int row = i / columns();
            double y = MARGIN + LEGEND + row * (double) (heightOfOne() + GAP);
            Curves.of(functions.get(i)).chart().draw(g, new Rectangle2D.Double(x, y, width - GAP, heightOfOne()));
        }
    }

    private static void drawLegend(Graphics2D g) {
        g.setFont(PLAIN);
        key(g, MARGIN, Curves.VALUE, "f(x)");
        key(g, MARGIN + 100, Curves.SLOPE, "f′(x)");
    }

    private static void key(Graphics2D g, int x, Curves.Pen pen, String text) {
        g.setColor(pen.color());
        g.setStroke(pen.stroke());
        g.draw(new Line2D.Double(x, MARGIN + 10.0, x + 32.0, MARGIN + 10.0));
        g.setColor(Curves.INK);
        g.drawString(text, x + 40, MARGIN + 15);
    }
}
