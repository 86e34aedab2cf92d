package dev.halfwave.cli;

import dev.halfwave.inspect.Rectification;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/**
 * A title and one raster below it, or several in rows, each with its number. Lengths are in parts of the panel's width.
 *
 * @param title stands above
 * @param rasters all of one size
 * @param share how much of its place the longer side of a raster takes, up to 1
 */
record Panel(String title, List<BufferedImage> rasters, double share) {
    /** In the picture's units. */
    static final double TITLE_HEIGHT = 30;

    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font NUMBER = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
    private static final double GAP = 0.02;
    private static final double NUMBER_HEIGHT = 0.04;

    /** Rasters with longer sides than this show no single pixels, so they are smoothed. */
    private static final int LARGE = 300;

    /** The image itself. */
    static Panel ofImage(Rectification rectification, Raster raster) {
        return new Panel("image", List.of(raster.ofImage(rectification.image())), 1);
    }

    /**
     * The maps before or after the activation. A single one that lost only a filter's margin is drawn to the image's
     * scale, so that what belongs together is in one place.
     */
    static Panel ofMaps(String title, Rectification rectification, Tensor maps, Raster raster, DivergingScale scale) {
        Shape image = rectification.image().shape();
        Shape map = maps.shape();
        boolean fits = map.size(0) <= image.size(0) && map.size(1) <= image.size(1);
        boolean nearly = 4 * map.size(0) >= 3 * image.size(0) && 4 * map.size(1) >= 3 * image.size(1);
        double share = fits && nearly && map.size(2) == 1 ? (double) longerSide(map) / longerSide(image) : 1;
        return new Panel(
                title,
                IntStream.range(0, map.size(2))
                        .mapToObj(channel -> raster.ofMap(maps, channel, scale))
                        .toList(),
                share);
    }

    private static int longerSide(Shape map) {
        return Math.max(map.size(0), map.size(1));
    }

    /** How high it has to be. */
    double height() {
        return rasters.size() == 1 ? rasterHeight(1) : rows() * cellHeight() - GAP;
    }

    private int columns() {
        return (int) Math.ceil(Math.sqrt(rasters.size()));
    }

    private int rows() {
        return (rasters.size() - 1) / columns() + 1;
    }

    private double cellWidth() {
        return (1 + GAP) / columns();
    }

    private double cellHeight() {
        return NUMBER_HEIGHT + rasterHeight(cellWidth() - GAP) + GAP;
    }

    /** The height of a raster whose place is as wide as given: narrower ones are as high as the place is wide. */
    private double rasterHeight(double width) {
        BufferedImage one = rasters.get(0);
        return width * Math.min(1, (double) one.getHeight() / one.getWidth());
    }

    /** Draws it into an area that may be higher than needed. */
    void draw(Graphics2D g, Rectangle2D area, Theme theme) {
        boolean large = Math.max(rasters.get(0).getWidth(), rasters.get(0).getHeight()) > LARGE;
        g.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                large
                        ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
                        : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        double height = (area.getHeight() - TITLE_HEIGHT) / area.getWidth();
        XYPlot plot = new XYPlot(null, axis(1), axis(height), null);
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setBackgroundPaint(share < 1 ? theme.empty() : theme.background());
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        place(plot, height, theme);
        chart(plot, theme).draw(g, area);
    }

    private JFreeChart chart(XYPlot plot, Theme theme) {
        JFreeChart chart = new JFreeChart(null, TITLE, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        TextTitle heading = new TextTitle(title, TITLE);
        heading.setPaint(theme.ink());
        heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
        heading.setPadding(0, 0, TITLE_HEIGHT - TITLE.getSize() * 1.25, 0);
        chart.setTitle(heading);
        return chart;
    }

    /** An invisible axis that begins at 0. */
    private static NumberAxis axis(double length) {
        NumberAxis axis = new NumberAxis();
        axis.setRange(0, length);
        axis.setVisible(false);
        return axis;
    }

    private void place(XYPlot plot, double height, Theme theme) {
        if (rasters.size() == 1) {
            placeOne(plot, rasters.get(0), new Rectangle2D.Double(0, height - height(), 1, height()));
            return;
        }
        double width = cellWidth() - GAP;
        double below = NUMBER_HEIGHT + rasterHeight(width);
        for (int i = 0; i < rasters.size(); i++) {
            int row = i / columns();
            double left = i % columns() * cellWidth();
            double top = height - row * cellHeight();
            number(plot, i, left, top, theme);
            placeOne(plot, rasters.get(i), new Rectangle2D.Double(left, top - below, width, rasterHeight(width)));
        }
    }

    private static void number(XYPlot plot, int number, double left, double top, Theme theme) {
        XYTextAnnotation text = new XYTextAnnotation(Integer.toString(number), left, top);
        text.setFont(NUMBER);
        text.setPaint(theme.ink());
        text.setTextAnchor(TextAnchor.TOP_LEFT);
        plot.addAnnotation(text);
    }

    /** As large as it may be, in the middle of its place. */
    private void placeOne(XYPlot plot, BufferedImage raster, Rectangle2D place) {
        double pixel = share / Math.max(raster.getWidth() / place.getWidth(), raster.getHeight() / place.getHeight());
        double width = pixel * raster.getWidth();
        double height = pixel * raster.getHeight();
        plot.addAnnotation(new XYDataImageAnnotation(
                raster, place.getCenterX() - width / 2, place.getCenterY() - height / 2, width, height));
    }
}
