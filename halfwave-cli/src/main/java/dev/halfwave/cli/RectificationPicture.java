package dev.halfwave.cli;

import dev.halfwave.inspect.Rectification;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/**
 * Draws a rectification: the image, the feature map and what is left of it side by side, with one scale for both maps.
 */
final class RectificationPicture {
    /** Pixels per unit of the sizes below, so that text is sharp on dense screens too. */
    private static final int DENSITY = 2;

    private static final int MARGIN = 24;
    private static final int HEADING = 62;
    private static final int PANEL = 330;
    private static final int GAP = 26;
    private static final int SCALE_WIDTH = 84;
    private static final int WIDTH = 2 * MARGIN + 3 * PANEL + 3 * GAP + SCALE_WIDTH;
    private static final int LONGEST_NAME = 16;
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Color INK = new Color(0x33, 0x33, 0x33);

    /** The lowest panels, as of a very wide image: the scale beside them has to stay legible. */
    private static final double LOWEST = 0.4;

    private final DivergingScale scale;
    private final List<Panel> panels;
    private final double panelHeight;

    /** @param maker what made the feature map, as in {@code sobel-x} */
    private RectificationPicture(Rectification rectification, String maker) {
        scale = new DivergingScale(rectification.reach() > 0 ? rectification.reach() : 1);
        Raster raster = new Raster(PANEL * DENSITY);
        panels = List.of(
                Panel.ofImage(rectification, raster),
                Panel.ofMaps(before(maker), rectification, rectification.featureMap(), raster, scale),
                Panel.ofMaps(
                        after(rectification.activation()), rectification, rectification.rectified(), raster, scale));
        panelHeight = PANEL
                * Math.max(
                        LOWEST, panels.stream().mapToDouble(Panel::height).max().orElse(1));
    }

    private static String before(String maker) {
        return maker.length() <= LONGEST_NAME ? "feature map z of " + maker : "feature map z";
    }

    private static String after(String activation) {
        return activation.equals("relu") ? "rectified map max(0, z)" : activation + " of z";
    }

    /**
     * The picture.
     *
     * @param heading what it shows
     * @param maker what made the feature map, as in {@code sobel-x}
     * @throws IllegalStateException if this system has no fonts
     */
    static BufferedImage draw(Rectification rectification, String heading, String maker) {
        try {
            return new RectificationPicture(rectification, maker).draw(heading, remark(rectification));
        } catch (LinkageError | InternalError e) { // how AWT says that it found no font
            throw new IllegalStateException(
                    "rectify: expected fonts to write with, received none from this system (" + e
                            + "); install fontconfig and a font, as in the package fonts-dejavu-core",
                    e);
        }
    }

    /** How much was cut, in a sentence. */
    static String remark(Rectification rectification) {
        double percent = 100 * rectification.cutShare();
        return rectification.activation().equals("relu")
                ? String.format(
                        Locale.ROOT, "%.1f %% of the values are below zero: the rectifier cuts them to 0.", percent)
                : String.format(
                        Locale.ROOT,
                        "%.1f %% of the values are below zero before %s.",
                        percent,
                        rectification.activation());
    }

    private BufferedImage draw(String heading, String remark) {
        int height = (int) Math.ceil(2 * MARGIN + HEADING + Panel.TITLE_HEIGHT + panelHeight);
        BufferedImage picture = new BufferedImage(WIDTH * DENSITY, height * DENSITY, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = picture.createGraphics();
        try {
            g.scale(DENSITY, DENSITY);
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, WIDTH, height);
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            drawHeading(g, heading, remark);
            for (int i = 0; i < panels.size(); i++) {
                double x = MARGIN + i * (PANEL + GAP);
                double y = MARGIN + HEADING;
                panels.get(i).draw(g, new Rectangle2D.Double(x, y, PANEL, Panel.TITLE_HEIGHT + panelHeight));
            }
            drawScale(g);
        } finally {
            g.dispose();
        }
        return picture;
    }

    private static void drawHeading(Graphics2D g, String heading, String remark) {
        g.setColor(INK);
        g.setFont(BOLD);
        g.drawString(elided(heading, g.getFontMetrics()), MARGIN, MARGIN + 18);
        g.setFont(PLAIN);
        g.drawString(remark, MARGIN, MARGIN + 42);
    }

    /** The text, or as much of its two ends as there is room for. */
    private static String elided(String text, FontMetrics metrics) {
        String shown = text;
        for (int kept = text.length() - 1; kept > 0 && metrics.stringWidth(shown) > WIDTH - 2 * MARGIN; kept--) {
            shown = text.substring(0, kept / 2) + "…" + text.substring(text.length() - (kept - kept / 2));
        }
        return shown;
    }

    private void drawScale(Graphics2D g) {
        NumberAxis axis = new NumberAxis();
        axis.setTickLabelFont(TICKS);
        axis.setTickLabelPaint(INK);
        axis.setTickLabelInsets(new RectangleInsets(8, 4, 8, 4));
        axis.setAxisLineVisible(false);
        PaintScaleLegend legend = new PaintScaleLegend(scale, axis);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        legend.setPadding(RectangleInsets.ZERO_INSETS);
        legend.setMargin(RectangleInsets.ZERO_INSETS);
        legend.setBackgroundPaint(Color.WHITE);
        legend.setStripWidth(18);
        legend.setStripOutlineVisible(false);
        legend.setSubdivisionCount((int) (panelHeight * DENSITY));
        legend.arrange(g, new RectangleConstraint(new Range(0, SCALE_WIDTH), new Range(0, panelHeight)));
        double x = MARGIN + 3 * (PANEL + GAP);
        double y = MARGIN + HEADING + Panel.TITLE_HEIGHT;
        legend.draw(g, new Rectangle2D.Double(x, y, SCALE_WIDTH, panelHeight));
    }
}
