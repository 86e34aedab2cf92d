package dev.halfwave.cli;

import java.awt.Color;
import java.awt.Paint;
import org.jfree.chart.renderer.PaintScale;

/**
 * Colours for numbers between two bounds: from the background's to a strong blue, evenly more different from the background. One
 * hue only, so that everyone who sees light and dark can read it, in grey too.
 *
 * @param theme whose background stands for the lower bound
 * @param low the lower bound
 * @param high the upper bound
 */
record SequentialScale(Theme theme, double low, double high) implements PaintScale {
    private static final int[][] LIGHT = {
        {255, 255, 255}, {198, 219, 239}, {107, 174, 214}, {33, 113, 181}, {8, 48, 107}
    };
    private static final int[][] DARK = {{22, 26, 31}, {8, 56, 107}, {33, 113, 181}, {107, 174, 214}, {222, 235, 247}};

    /** Colours for shares from 0 to 1. */
    SequentialScale(Theme theme) {
        this(theme, 0, 1);
    }

    @Override
    public double getLowerBound() {
        return low;
    }

    @Override
    public double getUpperBound() {
        return high;
    }

    @Override
    public Paint getPaint(double value) {
        return of(value);
    }

    /** The colour of a number. */
    Color of(double value) {
        int[][] stops = theme.equals(Theme.DARK) ? DARK : LIGHT;
        double share = (value - low) / (high - low);
        double place = Math.max(0, Math.min(1, share)) * (stops.length - 1);
        int stop = Math.min((int) place, stops.length - 2);
        int[] rgb = new int[3];
        for (int c = 0; c < rgb.length; c++) {
            double level = stops[stop][c] + (place - stop) * (stops[stop + 1][c] - stops[stop][c]);
            rgb[c] = (int) Math.round(level);
        }
        return new Color(rgb[0], rgb[1], rgb[2]);
    }

    /** What can be read on the colour of a number: black or white, whichever is farther from it. */
    Color inkOn(double value) {
        double light = luminance(of(value));
        return (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? Color.BLACK : Color.WHITE;
    }

    /** How bright a colour is, from 0 to 1, as the guidelines on contrast for web pages define it (WCAG 2). */
    static double luminance(Color color) {
        return 0.2126 * linear(color.getRed()) + 0.7152 * linear(color.getGreen()) + 0.0722 * linear(color.getBlue());
    }

    private static double linear(int level) {
        double share = level / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
