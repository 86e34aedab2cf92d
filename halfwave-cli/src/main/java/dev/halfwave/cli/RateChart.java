package dev.halfwave.cli;

import dev.halfwave.train.RateSweep;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Draws the loss over the learning rate, each batch's and smoothed, and where it falls fastest.
 *
 * @param sweep what to draw
 * @param title above the chart
 */
record RateChart(RateSweep sweep, String title) {
    private static final int DENSITY = 2;
    private static final int WIDTH = 800;
    private static final int HEIGHT = 420;
    private static final double ROOM = 1.5;
    private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color BATCHES = new Color(0xc4, 0xc4, 0xc4);
    private static final Theme THEME = Theme.LIGHT;

    BufferedImage draw() {
        JFreeChart chart = new JFreeChart(title, LABELS, plot(), true);
        chart.setBackgroundPaint(THEME.background());
        chart.setPadding(new RectangleInsets(6, 4, 4, 16));
        chart.getTitle().setPaint(THEME.ink());
        chart.getLegend().setItemFont(LABELS);
        chart.getLegend().setItemPaint(THEME.ink());
        BufferedImage picture = new BufferedImage(WIDTH * DENSITY, HEIGHT * DENSITY, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        try {
            g.scale(DENSITY, DENSITY);
            chart.draw(g, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        } finally {
            g.dispose();
        }
        return picture;
    }

    private XYPlot plot() {
        XYSeries smoothed = new XYSeries("smoothed");
        XYSeries batches = new XYSeries("loss of each batch");
        for (RateSweep.Point point : sweep.points()) {
            smoothed.add(point.rate(), point.smoothed());
            batches.add(point.rate(), point.loss());
        }
        XYSeriesCollection curves = new XYSeriesCollection();
        curves.addSeries(smoothed);
        curves.addSeries(batches);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setSeriesPaint(0, THEME.data());
        renderer.setSeriesStroke(0, new BasicStroke(2.4f));
        renderer.setSeriesPaint(1, BATCHES);
        XYPlot plot = new XYPlot(curves, rates(), losses(), renderer);
        plot.setBackgroundPaint(THEME.background());
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(THEME.empty());
        sweep.steepest().ifPresent(point -> plot.addDomainMarker(marker(point.rate())));
        return plot;
    }

    private static ValueMarker marker(double rate) {
        ValueMarker marker = new ValueMarker(rate, THEME.line(1), new BasicStroke(1.6f));
        marker.setLabel(String.format(Locale.ROOT, "falls fastest at %.2g ", rate));
        marker.setLabelFont(TICKS);
        marker.setLabelPaint(THEME.line(1));
        marker.setLabelBackgroundColor(THEME.background());
        marker.setLabelAnchor(RectangleAnchor.TOP_LEFT);
        marker.setLabelTextAnchor(TextAnchor.TOP_RIGHT);
        return marker;
    }

    private ValueAxis rates() {
        LogAxis axis = new LogAxis("learning rate");
        axis.setNumberFormatOverride(
                new java.text.DecimalFormat("0.#E0", java.text.DecimalFormatSymbols.getInstance(Locale.ROOT)));
        axis.setMinorTickMarksVisible(true);
        axis.setAutoTickUnitSelection(true);
        styled(axis);
        return axis;
    }

    /** As much as the smoothed loss needs: single batches that exploded would leave no room for the rest. */
    private ValueAxis losses() {
        NumberAxis axis = new NumberAxis("loss");
        double first = sweep.points().get(0).smoothed();
        double lowest = sweep.lowest().map(RateSweep.Point::smoothed).orElse(first);
        double top = Math.max(first, lowest) + (Math.max(first, lowest) - Math.min(0, lowest)) * (ROOM - 1);
        axis.setRange(Math.min(0, lowest), Math.max(top, Math.nextUp(lowest)));
        styled(axis);
        return axis;
    }

    private static void styled(ValueAxis axis) {
        axis.setLabelFont(LABELS);
        axis.setTickLabelFont(TICKS);
        axis.setLabelPaint(THEME.ink());
        axis.setTickLabelPaint(THEME.ink());
        axis.setAxisLinePaint(THEME.ink());
    }
}
