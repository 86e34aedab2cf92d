package dev.halfwave.cli;

import dev.halfwave.train.Confusion;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYZDataset;

/**
 * The chart of a confusion matrix: a cell's colour is its share of its row, that is of the images of one class, and its
 * number how many they are.
 *
 * @param confusion what was taken for what
 * @param heading what it shows
 * @param theme its colours
 */
record ConfusionChart(Confusion confusion, String heading, Theme theme) {
    /** The most classes whose cells have room for numbers. */
    private static final int MOST_NUMBERED = 20;

    private static final int SMALLEST = 420;
    private static final int LARGEST = 1000;
    private static final int AROUND = 190;
    private static final int PER_CLASS = 46;
    private static final int LONGEST_NAME = 18;
    private static final int LONGEST_NUMBER = 4;
    private static final int LONGEST_LYING_NAME = 3;
    private static final int STRIP = 16;
    private static final int SHADES = 200;
    private static final double FIFTH = 0.2;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 9);

    /** How wide and high the chart is. */
    int side() {
        return Math.max(SMALLEST, Math.min(LARGEST, AROUND + PER_CLASS * size()));
    }

    private int size() {
        return confusion.classes().size();
    }

    void draw(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        chart().draw(g, new Rectangle2D.Double(0, 0, side(), side()));
    }

    private JFreeChart chart() {
        SequentialScale scale = new SequentialScale(theme);
        XYBlockRenderer blocks = new XYBlockRenderer();
        blocks.setPaintScale(scale);
        XYPlot plot = new XYPlot(shares(), axis("predicted class"), axis("right class"), blocks);
        plot.getRangeAxis().setInverted(true); // the first class at the top
        plot.getDomainAxis().setVerticalTickLabels(longestName() > LONGEST_LYING_NAME);
        plot.setBackgroundPaint(theme.background());
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        plot.setOutlinePaint(theme.ink());
        plot.setOutlineStroke(new BasicStroke(0.8f));
        if (size() <= MOST_NUMBERED) {
            addNumbers(plot, scale);
        }
        JFreeChart chart = new JFreeChart(null, TITLE, plot, false);
        chart.setAntiAlias(false); // blocks that touch would show their seams; text has its own hint
        chart.setBackgroundPaint(theme.background());
        chart.setPadding(new RectangleInsets(10, 8, 8, 8));
        TextTitle title = new TextTitle(heading, TITLE);
        title.setPaint(theme.ink());
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        chart.setTitle(title);
        chart.addSubtitle(legend(scale));
        return chart;
    }

    private DefaultXYZDataset shares() {
        int n = size();
        double[][] cells = new double[3][n * n];
        for (int i = 0; i < n * n; i++) {
            int right = i / n;
            int predicted = i % n;
            cells[0][i] = predicted;
            cells[1][i] = right;
            cells[2][i] = share(right, predicted);
        }
        DefaultXYZDataset data = new DefaultXYZDataset();
        data.addSeries("confusion", cells);
        return data;
    }

    private double share(int right, int predicted) {
        long row = confusion.occurred(right);
        return row == 0 ? 0 : (double) confusion.count(right, predicted) / row;
    }

    private void addNumbers(XYPlot plot, SequentialScale scale) {
        for (int right = 0; right < size(); right++) {
            for (int predicted = 0; predicted < size(); predicted++) {
                if (confusion.count(right, predicted) > 0) { // so that mistakes stand out
                    plot.addAnnotation(number(right, predicted, scale), false);
                }
            }
        }
    }

    private XYTextAnnotation number(int right, int predicted, SequentialScale scale) {
        String count = Long.toString(confusion.count(right, predicted));
        XYTextAnnotation text = new XYTextAnnotation(count, predicted, right);
        text.setFont(count.length() > LONGEST_NUMBER ? SMALL : TICKS);
        text.setPaint(scale.inkOn(share(right, predicted)));
        return text;
    }

    private int longestName() {
        return confusion.classes().stream().mapToInt(String::length).max().orElse(0);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private SymbolAxis axis(String label) {
        String[] names =
                confusion.classes().stream().map(ConfusionChart::shortened).toArray(String[]::new);
        SymbolAxis axis = new SymbolAxis(label, names);
        axis.setRange(-0.5, size() - 0.5);
        axis.setGridBandsVisible(false);
        axis.setLabelFont(LABELS);
        axis.setLabelPaint(theme.ink());
        axis.setTickLabelFont(size() <= MOST_NUMBERED ? TICKS : SMALL);
        axis.setTickLabelPaint(theme.ink());
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        return axis;
    }

    private PaintScaleLegend legend(SequentialScale scale) {
        NumberAxis axis = new NumberAxis("share of the class's images");
        axis.setLabelFont(TICKS);
        axis.setLabelPaint(theme.ink());
        axis.setTickLabelFont(TICKS);
        axis.setTickLabelPaint(theme.ink());
        axis.setAxisLineVisible(false);
        axis.setTickUnit(
                new NumberTickUnit(FIFTH, new DecimalFormat("0 %", DecimalFormatSymbols.getInstance(Locale.ROOT))));
        PaintScaleLegend legend = new PaintScaleLegend(scale, axis);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        legend.setStripWidth(STRIP);
        legend.setStripOutlineVisible(false);
        legend.setSubdivisionCount(SHADES);
        legend.setBackgroundPaint(theme.background());
        legend.setMargin(new RectangleInsets(4, 12, 4, 0));
        return legend;
    }
}
