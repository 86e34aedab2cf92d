package dev.halfwave.cli;

import java.awt.Color;
import java.awt.Paint;
import org.jfree.chart.renderer.PaintScale;

/**
 * Colours for numbers of both signs: blue below zero, near white at zero, orange above, darker with the distance from
 * zero. People who confuse red and green can tell blue from orange.
 *
 * @param reach the distance from zero of the two darkest colours, above 0
 */
record DivergingScale(double reach) implements PaintScale {
    private static final int[][] BELOW = {{247, 247, 247}, {166, 205, 229}, {67, 147, 195}, {33, 102, 172}, {5, 48, 97}
    };
    private static final int[][] ABOVE = {{247, 247, 247}, {253, 200, 137}, {241, 139, 45}, {196, 88, 5}, {110, 45, 2}};
    private static final int NOT_A_NUMBER = 0xff808080;

    @Override
    public double getLowerBound() {
        return -reach;
    }

    @Override
    public double getUpperBound() {
        return reach;
    }

    @Override
    public Paint getPaint(double value) {
        return new Color(argb(value));
    }

    /** The colour of a number as opacity, red, green and blue of 8 bits each. */
    int argb(double value) {
        if (Double.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        int[][] stops = value < 0 ? BELOW : ABOVE;
        double place = Math.min(1, Math.abs(value) / reach) * (stops.length - 1);
        int stop = Math.min((int) place, stops.length - 2);
        int argb = 0xff;
        for (int c = 0; c < 3; c++) {
            double level = stops[stop][c] + (place - stop) * (stops[stop + 1][c] - stops[stop][c]);
            argb = argb << 8 | (int) Math.round(level);
        }
        return argb;
    }
}
