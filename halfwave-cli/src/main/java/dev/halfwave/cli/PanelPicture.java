package dev.halfwave.cli;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jspecify.annotations.Nullable;

/**
 * Panels side by side below a heading, with the scale of their colours on the right.
 *
 * @param panels from left to right
 * @param scale what colours mean, if they do
 * @param panelWidth how wide each panel is
 */
record PanelPicture(List<Panel> panels, @Nullable DivergingScale scale, int panelWidth) {
    /** Pixels per unit of the sizes below, so that text is sharp on dense screens too. */
    static final int DENSITY = 2;

    /** The usual width of a panel. */
    static final int PANEL = 330;

    private static final int MARGIN = 24;
    private static final int HEADING = 62;
    private static final int GAP = 26;
    private static final int SCALE_WIDTH = 84;
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    /** The lowest panels, as of a very wide image: the scale beside them has to stay legible. */
    private static final double LOWEST = 0.4;

    /** Panels of the usual width. */
    PanelPicture(List<Panel> panels, DivergingScale scale) {
        this(panels, scale, PANEL);
    }

    private double panelHeight() {
        return panelWidth
                * Math.max(
                        LOWEST, panels.stream().mapToDouble(Panel::height).max().orElse(1));
    }

    /** How wide the picture is, in units. */
    int width() {
        return 2 * MARGIN + panels.size() * (panelWidth + GAP) + (scale == null ? -GAP : SCALE_WIDTH);
    }

    /**
     * The picture.
     *
     * @throws IllegalStateException if this system has no fonts
     */
    BufferedImage draw(String heading, String remark, Theme theme) {
        try {
            return drawAll(heading, remark, theme);
        } catch (LinkageError | InternalError e) { // how AWT says that it found no font
            throw new IllegalStateException(
                    "picture: expected fonts to write with, received none from this system (" + e
                            + "); install fontconfig and a font, as in the package fonts-dejavu-core",
                    e);
        }
    }

    private BufferedImage drawAll(String heading, String remark, Theme theme) {
        int height = (int) Math.ceil(2 * MARGIN + HEADING + Panel.TITLE_HEIGHT + panelHeight());
        BufferedImage picture = new BufferedImage(width() * DENSITY, height * DENSITY, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = picture.createGraphics();
        try {
            g.scale(DENSITY, DENSITY);
            g.setColor(theme.background());
            g.fillRect(0, 0, width(), height);
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            drawHeading(g, heading, remark, theme.ink());
            for (int i = 0; i < panels.size(); i++) {
                double x = MARGIN + i * (panelWidth + GAP);
                double y = MARGIN + HEADING;
                panels.get(i)
                        .draw(g, new Rectangle2D.Double(x, y, panelWidth, Panel.TITLE_HEIGHT + panelHeight()), theme);
            }
            if (scale != null) {
                drawScale(g, scale, theme);
            }
        } finally {
            g.dispose();
        }
        return picture;
    }

    private void drawHeading(Graphics2D g, String heading, String remark, Color ink) {
        g.setColor(ink);
        g.setFont(BOLD);
        g.drawString(elided(heading, g.getFontMetrics()), MARGIN, MARGIN + 18);
        g.setFont(PLAIN);
        g.drawString(elided(remark, g.getFontMetrics()), MARGIN, MARGIN + 42);
    }

    /** The text, or as much of its two ends as there is room for. */
    private String elided(String text, FontMetrics metrics) {
        String shown = text;
        for (int kept = text.length() - 1; kept > 0 && metrics.stringWidth(shown) > width() - 2 * MARGIN; kept--) {
            shown = text.substring(0, kept / 2) + "…" + text.substring(text.length() - (kept - kept / 2));
        }
        return shown;
    }

    private void drawScale(Graphics2D g, DivergingScale colours, Theme theme) {
        NumberAxis axis = new NumberAxis();
        axis.setTickLabelFont(TICKS);
        axis.setTickLabelPaint(theme.ink());
        axis.setTickLabelInsets(new RectangleInsets(8, 4, 8, 4));
        axis.setAxisLineVisible(false);
        PaintScaleLegend legend = new PaintScaleLegend(colours, axis);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        legend.setPadding(RectangleInsets.ZERO_INSETS);
        legend.setMargin(RectangleInsets.ZERO_INSETS);
        legend.setBackgroundPaint(theme.background());
        legend.setStripWidth(18);
        legend.setStripOutlineVisible(false);
        legend.setSubdivisionCount((int) (panelHeight() * DENSITY));
        legend.arrange(g, new RectangleConstraint(new Range(0, SCALE_WIDTH), new Range(0, panelHeight())));
        double x = MARGIN + panels.size() * (panelWidth + GAP);
        double y = MARGIN + HEADING + Panel.TITLE_HEIGHT;
        legend.draw(g, new Rectangle2D.Double(x, y, SCALE_WIDTH, panelHeight()));
    }
}
