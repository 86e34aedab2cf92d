package dev.halfwave.cli;

import java.awt.Color;
import java.awt.Paint;
import org.jfree.chart.renderer.PaintScale;

/**
 * Colours for numbers between two bounds, from near white to dark blue: one hue, told apart by lightness alone.
 *
 * @param low the number of the lightest colour
 * @param high the number of the darkest
 */
record SequentialScale(double low, double high) implements PaintScale {
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
        double place = Math.min(1, Math.max(0, (value - low) / (high - low)));
        return new Color(new DivergingScale(1).argb(-place));
    }
}
