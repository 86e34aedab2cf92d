package dev.halfwave.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XIntervalSeries;
import org.jfree.data.xy.XIntervalSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Draws numbers with their intervals.
 *
 * @param charts what draws axes and plots in the colours of a theme
 */
record BandCharts(Charts charts) {
    private static final int HEIGHT = 380;
    private static final int ROW = 26;
    private static final int AXIS = 70;
    private static final int SAMPLE = 17;
    private static final float BAND = 0.16f;

    /** After Okabe and Ito 2008, as the theme's own. */
    private static final Color ORANGE = new Color(0xe6, 0x9f, 0x00);

    /** How many lines can be told apart by their colours. */
    static final int MOST_LINES = 6;

    static BandCharts in(Theme theme) {
        return new BandCharts(new Charts(theme));
    }

    /**
     * A number with its interval.
     *
     * @param at where on the horizontal axis
     * @param low the lower end; the number itself if unknown
     * @param high the upper end; the number itself if unknown
     */
    record Spot(double at, double value, double low, double high) {}

    /**
     * Numbers that belong together.
     *
     * @param name for the legend
     * @param spots from left to right
     */
    record Line(String name, List<Spot> spots) {}

    /** A line with a band for each, and perhaps a level to be reached. */
    BufferedImage lines(String across, String up, double top, List<Line> lines, OptionalDouble level) {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        DeviationRenderer renderer = new DeviationRenderer(true, false);
        renderer.setAlpha(BAND);
        renderer.setLegendLine(new Line2D.Double(-SAMPLE, 0, SAMPLE, 0)); // long enough to show dashes
        for (int k = 0; k < lines.size(); k++) {
            YIntervalSeries series = new YIntervalSeries(lines.get(k).name());
            lines.get(k).spots().forEach(s -> series.add(s.at(), s.value(), s.low(), s.high()));
            data.addSeries(series);
            renderer.setSeriesPaint(k, colour(k));
            renderer.setSeriesFillPaint(k, colour(k));
            renderer.setSeriesStroke(k, Charts.DASHES.get(k % Charts.DASHES.size()));
        }
        NumberAxis x = charts.axis(across);
        x.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        x.setAutoRangeIncludesZero(false);
        x.setUpperMargin(0.01);
        x.setLowerMargin(0.01);
        NumberAxis y = charts.axis(up);
        y.setRange(0, top);
        XYPlot plot = charts.plot(data, x, y, renderer);
        level.ifPresent(at -> mark(plot, at));
        plot.setFixedLegendItems(plot.getLegendItems());
        return charts.draw(plot, Charts.WIDTH, HEIGHT);
    }

    private void mark(XYPlot plot, double at) {
        ValueMarker marker = new ValueMarker(at, charts.theme().ink(), new BasicStroke(1));
        marker.setLabel(String.format(Locale.ROOT, "%.3g %% to be reached", at));
        marker.setLabelFont(Charts.TICKS);
        marker.setLabelPaint(charts.theme().ink());
        marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
        marker.setLabelTextAnchor(TextAnchor.BOTTOM_RIGHT);
        marker.setLabelOffset(new RectangleInsets(2, 2, 2, 2));
        plot.addRangeMarker(marker);
    }

    /** A dot with a bar for each, from the top down; where is then how far across. */
    BufferedImage dots(String across, List<Line> rows) {
        XIntervalSeries series = new XIntervalSeries(across);
        String[] names = new String[rows.size()];
        for (int k = 0; k < rows.size(); k++) {
            int row = rows.size() - 1 - k;
            names[row] = rows.get(k).name();
            rows.get(k).spots().forEach(s -> series.add(s.value(), s.low(), s.high(), row));
        }
        XIntervalSeriesCollection data = new XIntervalSeriesCollection();
        data.addSeries(series);
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawYError(false);
        renderer.setSeriesPaint(0, charts.theme().data());
        renderer.setErrorPaint(charts.theme().data());
        renderer.setErrorStroke(new BasicStroke(2));
        NumberAxis x = charts.axis(across);
        x.setAutoRangeIncludesZero(false);
        SymbolAxis y = new SymbolAxis(null, names);
        y.setTickLabelFont(Charts.TICKS);
        y.setTickLabelPaint(charts.theme().ink());
        y.setAxisLinePaint(charts.theme().ink());
        y.setGridBandsVisible(false);
        y.setRange(-0.7, rows.size() - 0.3);
        return charts.draw(charts.plot(data, x, y, renderer), Charts.WIDTH, AXIS + ROW * rows.size());
    }

    /** Of the k-th line: the theme's four, the ink's, and orange. */
    Color colour(int k) {
        Theme theme = charts.theme();
        return switch (k) {
            case 4 -> theme.ink();
            case 5 -> ORANGE;
            default -> theme.line(k);
        };
    }
}
