package dev.halfwave.cli;

import dev.halfwave.claims.Plot;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYShapeAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYBarDataset;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Draws numbers over axes.
 *
 * @param theme its colours
 */
record Charts(Theme theme) {
    private static final int DENSITY = 2;
    static final int WIDTH = 800;
    private static final int HEIGHT = 280;
    private static final int LEGEND = 60;
    private static final int SQUARE = 620;
    private static final double FIFTH = 0.2;
    private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final List<BasicStroke> DASHES =
            List.of(new BasicStroke(2.4f), dashed(9, 5), dashed(3, 4), dashed(12, 4, 3, 4), dashed(20, 6));

    /** One bar per number, counted from 0, on a scale from 0 to {@code top}. */
    BufferedImage bars(String what, String unit, double top, int count, DoubleUnaryOperator value) {
        XYSeries series = new XYSeries(unit);
        for (int i = 0; i < count; i++) {
            series.add(i, value.applyAsDouble(i));
        }
        XYBarRenderer renderer = new XYBarRenderer(0.1);
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, theme.data());
        NumberAxis across = axis(what);
        across.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        across.setRange(-0.6, count - 0.4);
        NumberAxis up = axis(unit);
        up.setRange(0, top);
        return draw(plot(new XYBarDataset(new XYSeriesCollection(series), 1), across, up, renderer), WIDTH, HEIGHT);
    }

    /** How many of the given places were passed, over the way from 0 to 1. */
    BufferedImage steps(String way, String passed, List<Double> places) {
        XYSeries series = new XYSeries(passed);
        series.add(0, 1);
        for (int i = 0; i < places.size(); i++) {
            series.add((double) places.get(i), i + 2);
        }
        series.add(1, places.size() + 1);
        XYItemRenderer renderer = new XYStepRenderer();
        renderer.setSeriesPaint(0, theme.data());
        renderer.setSeriesStroke(0, new BasicStroke(2));
        NumberAxis across = axis(way);
        across.setRange(0, 1);
        NumberAxis up = axis(passed);
        up.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        return draw(plot(new XYSeriesCollection(series), across, up, renderer), WIDTH, HEIGHT);
    }

    /** One line per curve, told apart by colour and dashes, with a legend. */
    BufferedImage lines(Plot plot) {
        XYSeriesCollection all = new XYSeriesCollection();
        XYItemRenderer renderer = new XYLineAndShapeRenderer(true, false);
        for (int k = 0; k < plot.curves().size(); k++) {
            Plot.Curve curve = plot.curves().get(k);
            XYSeries series = new XYSeries(curve.name());
            for (int i = 0; i < plot.xs().size(); i++) {
                series.add(plot.xs().get(i), curve.ys().get(i));
            }
            all.addSeries(series);
            renderer.setSeriesPaint(k, theme.line(k));
            renderer.setSeriesStroke(k, DASHES.get(k % DASHES.size()));
        }
        NumberAxis across = axis(plot.across());
        if (plot.xs().stream().allMatch(x -> x == Math.rint(x))) {
            across.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        }
        across.setRange(plot.xs().get(0), plot.xs().get(plot.xs().size() - 1));
        NumberAxis up = axis(plot.up());
        up.setAutoRangeIncludesZero(false);
        XYPlot drawn = plot(all, across, up, renderer);
        drawn.setFixedLegendItems(drawn.getLegendItems());
        return draw(drawn, WIDTH, HEIGHT + LEGEND);
    }

    /**
     * Convex polygons in the colours of their classes, with their edges, and the three images at the origin and at 1.
     *
     * @param corners one polygon each
     * @param classes one class each
     * @param names of the classes
     */
    BufferedImage polygons(
            String across,
            String up,
            double low,
            double high,
            List<double[][]> corners,
            int[] classes,
            List<String> names) {
        NumberAxis x = axis(across);
        x.setRange(low, high);
        NumberAxis y = axis(up);
        y.setRange(low, high);
        x.setTickUnit(new NumberTickUnit(FIFTH));
        y.setTickUnit(new NumberTickUnit(FIFTH));
        XYPlot plot = plot(new XYSeriesCollection(), x, y, new XYStepRenderer());
        BasicStroke edge = new BasicStroke(0.4f);
        boolean[] seen = new boolean[names.size()];
        for (int i = 0; i < corners.size(); i++) {
            Path2D outline = new Path2D.Double();
            for (double[] corner : corners.get(i)) {
                if (outline.getCurrentPoint() == null) {
                    outline.moveTo(corner[0], corner[1]);
                } else {
                    outline.lineTo(corner[0], corner[1]);
                }
            }
            outline.closePath();
            seen[classes[i]] = true;
            plot.addAnnotation(new XYShapeAnnotation(outline, edge, Color.BLACK, colour(classes[i])), false);
        }
        mark(plot, "first image", 0, 0);
        mark(plot, "second image", 1, 0);
        mark(plot, "third image", 0, 1);
        LegendItemCollection legend = new LegendItemCollection();
        for (int k = 0; k < seen.length; k++) {
            if (seen[k]) {
                legend.add(new LegendItem(
                        names.get(k),
                        null,
                        null,
                        null,
                        new Polygon(new int[] {0, 12, 12, 0}, new int[] {0, 0, 12, 12}, 4),
                        colour(k)));
            }
        }
        plot.setFixedLegendItems(legend);
        return draw(plot, SQUARE, SQUARE);
    }

    /** A name over the data, on a plate of its own to be read on any colour. */
    private static void mark(XYPlot plot, String name, double x, double y) {
        XYTextAnnotation text = new XYTextAnnotation(name, x, y);
        text.setFont(TICKS);
        text.setPaint(Color.BLACK);
        text.setBackgroundPaint(Color.WHITE);
        text.setOutlineVisible(true);
        plot.addAnnotation(text, false);
    }

    private static BasicStroke dashed(float... lengths) {
        return new BasicStroke(2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, lengths, 0);
    }

    private static Color colour(int k) {
        return Theme.CLASSES.get(k % Theme.CLASSES.size());
    }

    NumberAxis axis(String label) {
        NumberAxis axis = new NumberAxis(label);
        axis.setLabelFont(LABELS);
        axis.setTickLabelFont(TICKS);
        axis.setLabelPaint(theme.ink());
        axis.setTickLabelPaint(theme.ink());
        axis.setAxisLinePaint(theme.ink());
        return axis;
    }

    XYPlot plot(XYDataset data, NumberAxis across, NumberAxis up, XYItemRenderer renderer) {
        XYPlot plot = new XYPlot(data, across, up, renderer);
        plot.setBackgroundPaint(theme.background());
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(theme.empty());
        return plot;
    }

    BufferedImage draw(XYPlot plot, int width, int height) {
        JFreeChart chart = new JFreeChart(null, LABELS, plot, plot.getFixedLegendItems() != null);
        chart.setBackgroundPaint(theme.background());
        chart.setPadding(new RectangleInsets(6, 4, 4, 16)); // room for half of the last number on an axis
        if (chart.getLegend() != null) {
            chart.getLegend().setItemFont(LABELS);
            chart.getLegend().setItemPaint(theme.ink());
            chart.getLegend().setBackgroundPaint(theme.background());
        }
        BufferedImage picture = new BufferedImage(width * DENSITY, height * DENSITY, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        try {
            g.scale(DENSITY, DENSITY);
            chart.draw(g, new Rectangle2D.Double(0, 0, width, height));
        } finally {
            g.dispose();
        }
        return picture;
    }
}
