package dev.halfwave.cli;

import dev.halfwave.activation.Activation;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jspecify.annotations.Nullable;

/**
 * The chart of one activation and its derivative. Curves are broken where they jump.
 *
 * @param function the activation
 * @param left where the chart begins
 * @param right where it ends
 */
record Curves(Activation function, double left, double right) {
    static final Color INK = new Color(0x33, 0x33, 0x33);

    /** Blue and unbroken. */
    static final Pen VALUE =
            new Pen(new Color(0x00, 0x72, 0xb2), new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));

    /** Vermilion and dashed: told from blue by everyone, and by the dashes in grey. */
    static final Pen SLOPE = new Pen(
            new Color(0xd5, 0x5e, 0x00),
            new BasicStroke(1.7f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 3}, 0));

    private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
    private static final Color ZERO = new Color(0x99, 0x99, 0x99);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.ITALIC, 11);
    private static final double USUAL_REACH = 4;
    private static final double FARTHEST = 12;
    private static final int POINTS = 320;
    private static final double SIDE = 1e-9;

    /** How a curve is drawn. */
    record Pen(Color color, Stroke stroke) {}

    /** As much as shows every kink and how the function saturates. */
    static Curves of(Activation f) {
        double left = USUAL_REACH;
        double right = USUAL_REACH;
        for (double place : f.kinks()) {
            left = Math.max(left, -1.5 * place);
            right = Math.max(right, 1.5 * place);
        }
        while (left < FARTHEST && isFar(f, -left, f.lowerAsymptote())) {
            left++;
        }
        while (right < FARTHEST && isFar(f, right, f.upperAsymptote())) {
            right++;
        }
        return new Curves(f, -left, right);
    }

    private static boolean isFar(Activation f, double x, OptionalDouble asymptote) {
        double limit = asymptote.orElse(f.at(x));
        return Math.abs(f.at(x) - limit) > 0.15 * Math.max(1, Math.abs(limit));
    }

    JFreeChart chart() {
        XYSeriesCollection curves = new XYSeriesCollection();
        curves.addSeries(curve("f", function::at, function.jumps()));
        List<Double> breaks = Stream.concat(function.jumps().stream(), function.kinks().stream())
                .sorted()
                .distinct()
                .toList();
        curves.addSeries(curve("f′", function::slopeAt, breaks));
        XYPlot plot = new XYPlot(curves, axis("x"), axis(null), renderer());
        plot.getDomainAxis().setRange(left, right);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainZeroBaselineVisible(true);
        plot.setDomainZeroBaselinePaint(ZERO);
        plot.setRangeZeroBaselineVisible(true);
        plot.setRangeZeroBaselinePaint(ZERO);
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        return titled(plot);
    }

    private JFreeChart titled(XYPlot plot) {
        JFreeChart chart = new JFreeChart(null, TITLE, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(0, 0, 0, 6)); // for the half of the last number that stands out
        TextTitle title = new TextTitle(ActivationFacts.title(function), TITLE);
        title.setPaint(INK);
        title.setHorizontalAlignment(HorizontalAlignment.CENTER);
        chart.setTitle(title);
        return chart;
    }

    private XYSeries curve(String name, DoubleUnaryOperator f, List<Double> breaks) {
        XYSeries series = new XYSeries(name, true, false); // sorted, each x once
        for (int i = 0; i <= POINTS; i++) {
            double x = left + (right - left) * i / POINTS;
            series.add(x, f.applyAsDouble(x));
        }
        for (double at : breaks) {
            series.addOrUpdate(at - SIDE, f.applyAsDouble(at - SIDE));
            series.addOrUpdate(at, Double.NaN);
            series.addOrUpdate(at + SIDE, f.applyAsDouble(at + SIDE));
        }
        return series;
    }

    private static NumberAxis axis(@Nullable String label) {
        NumberAxis axis = new NumberAxis(label);
        axis.setLabelFont(LABEL);
        axis.setLabelPaint(INK);
        axis.setLabelInsets(RectangleInsets.ZERO_INSETS);
        axis.setTickLabelFont(TICKS);
        axis.setTickLabelPaint(INK);
        axis.setAxisLineVisible(false);
        axis.setAutoRangeIncludesZero(true);
        axis.setAutoRangeStickyZero(false);
        axis.setUpperMargin(0.08);
        axis.setLowerMargin(0.08);
        return axis;
    }

    private static XYLineAndShapeRenderer renderer() {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setDrawSeriesLineAsPath(true); // dashes run on from point to point
        Pen[] pens = {VALUE, SLOPE};
        for (int i = 0; i < pens.length; i++) {
            renderer.setSeriesPaint(i, pens[i].color());
            renderer.setSeriesStroke(i, pens[i].stroke());
        }
        return renderer;
    }
}
