package dev.halfwave.cli;

import dev.halfwave.claims.Heat;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYZDataset;

/**
 * Draws numbers as a map of colours, with their scale beside it, and with the numbers themselves where they fit.
 *
 * @param theme its colours
 */
record HeatChart(Theme theme) {
    private static final int DENSITY = 2;
    private static final int WIDTH = 800;
    private static final int ROW = 24;
    private static final int MARGINS = 76;
    private static final int LEAST_HEIGHT = 300;
    private static final int MOST_COLUMNS_WITH_NUMBERS = 12;
    private static final int MOST_NAMES = 16;
    private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    BufferedImage draw(Heat heat) {
        XYPlot plot = plot(heat);
        if (heat.columns().size() <= MOST_COLUMNS_WITH_NUMBERS) {
            addNumbers(plot, heat);
        }
        JFreeChart chart = new JFreeChart(null, LABELS, plot, false);
        chart.setBackgroundPaint(theme.background());
        chart.setPadding(new RectangleInsets(6, 4, 4, 10));
        chart.addSubtitle(legend(heat));
        int height = Math.max(LEAST_HEIGHT, heat.rows().size() * ROW + MARGINS);
        BufferedImage picture = new BufferedImage(WIDTH * DENSITY, height * DENSITY, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        try {
            g.scale(DENSITY, DENSITY);
            chart.draw(g, new Rectangle2D.Double(0, 0, WIDTH, height));
        } finally {
            g.dispose();
        }
        return picture;
    }

    private XYPlot plot(Heat heat) {
        SymbolAxis across = symbols(heat.across(), heat.columns());
        SymbolAxis up = symbols(heat.up(), heat.rows());
        up.setInverted(true);
        XYBlockRenderer renderer = new XYBlockRenderer();
        renderer.setPaintScale(scale(heat));
        XYPlot plot = new XYPlot(data(heat), across, up, renderer);
        plot.setBackgroundPaint(theme.empty());
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        return plot;
    }

    private SymbolAxis symbols(String label, List<String> names) {
        SymbolAxis axis = new SymbolAxis(label, names.toArray(String[]::new));
        axis.setGridBandsVisible(false);
        axis.setRange(-0.5, names.size() - 0.5);
        int every = (names.size() + MOST_NAMES - 1) / MOST_NAMES;
        axis.setTickUnit(new NumberTickUnit(every));
        paint(axis);
        return axis;
    }

    private void paint(ValueAxis axis) {
        axis.setLabelFont(LABELS);
        axis.setTickLabelFont(TICKS);
        axis.setLabelPaint(theme.ink());
        axis.setTickLabelPaint(theme.ink());
        axis.setAxisLinePaint(theme.ink());
        axis.setTickMarkPaint(theme.ink());
    }

    private PaintScale scale(Heat heat) {
        return heat.diverges() ? new DivergingScale(heat.high()) : new SequentialScale(theme, heat.low(), heat.high());
    }

    private static DefaultXYZDataset data(Heat heat) {
        int columns = heat.columns().size();
        double[][] data = new double[3][heat.rows().size() * columns];
        for (int i = 0; i < data[0].length; i++) {
            int row = i / columns;
            int column = i % columns;
            data[0][i] = column;
            data[1][i] = row;
            double value = heat.values().get(row).get(column);
            data[2][i] = Math.min(heat.high(), Math.max(heat.low(), value));
        }
        DefaultXYZDataset set = new DefaultXYZDataset();
        set.addSeries(heat.colour(), data);
        return set;
    }

    private static void addNumbers(XYPlot plot, Heat heat) {
        for (int row = 0; row < heat.rows().size(); row++) {
            for (int column = 0; column < heat.columns().size(); column++) {
                double value = heat.values().get(row).get(column);
                String number = String.format(Locale.ROOT, heat.diverges() ? "%.1f" : "%.2f", value)
                        .replaceFirst("^-(0\\.0+)$", "$1");
                XYTextAnnotation text = new XYTextAnnotation(number, column, row);
                text.setFont(TICKS);
                text.setPaint(isDark(heat, value) ? Color.WHITE : Color.BLACK);
                plot.addAnnotation(text, false);
            }
        }
    }

    private static boolean isDark(Heat heat, double value) {
        double place =
                heat.diverges() ? Math.abs(value) / heat.high() : (value - heat.low()) / (heat.high() - heat.low());
        return place > 0.55;
    }

    private PaintScaleLegend legend(Heat heat) {
        NumberAxis axis = new NumberAxis(heat.colour());
        paint(axis);
        axis.setRange(heat.low(), heat.high());
        PaintScaleLegend legend = new PaintScaleLegend(scale(heat), axis);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setStripWidth(16);
        legend.setSubdivisionCount(128);
        legend.setBackgroundPaint(theme.background());
        legend.setMargin(new RectangleInsets(4, 12, 40, 4));
        return legend;
    }

    /** The numbers behind it. */
    static List<List<String>> table(Heat heat) {
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(heat.up() + " \\ " + heat.across()));
        head.addAll(heat.columns());
        table.add(head);
        for (int i = 0; i < heat.rows().size(); i++) {
            List<String> row = new ArrayList<>(List.of(heat.rows().get(i)));
            heat.values().get(i).forEach(value -> row.add(Numbers.of(value)));
            table.add(row);
        }
        return table;
    }
}
