package dev.halfwave.data;

import java.util.List;

/**
 * Writes a digit as one hand would at one time: picks a glyph, moves its points a little, and slants, turns, bends and
 * sizes the whole.
 *
 * <p>Only the four basic operations and the square root are used, whose results IEEE 754 fixes to the last bit.
 */
final class Handwriting {
    private static final double POINT_JITTER = 1.8;
    private static final double SLANT_MEAN = 0.18;
    private static final double SLANT = 0.22;
    private static final double HALF_TURN = 0.06;
    private static final double SHIFT = 1;

    private final SplitMix random;
    private final PenPath path = new PenPath();

    Handwriting(SplitMix random) {
        this.random = random;
    }

    /** The pen's path in pixels of an image with the given side. */
    PenPath write(int digit, int side) {
        Glyph glyph = choose(DigitGlyphs.ALL.get(digit));
        double between = random.uniform();
        for (int s = 0; s < glyph.from().length; s++) {
            new Spline(points(glyph.from()[s], glyph.to()[s], between), glyph.sharp()[s]).trace(path);
        }
        slantAndTurn();
        new Elastic(random).bend(path);
        press(side);
        fit(side);
        return path;
    }

    private Glyph choose(List<Glyph> glyphs) {
        double left = random.uniform();
        for (Glyph glyph : glyphs) {
            left -= glyph.weight();
            if (left < 0) {
                return glyph;
            }
        }
        return glyphs.get(glyphs.size() - 1);
    }

    private double[] points(double[] from, double[] to, double between) {
        double[] points = new double[from.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = from[i] + (to[i] - from[i]) * between + POINT_JITTER * random.bell();
        }
        return points;
    }

    /**
     * Narrows or widens, slants and turns. A turn by an angle whose half has the tangent t has the sine 2t / (1 + t²).
     */
    private void slantAndTurn() {
        double wide = random.uniform(0.65, 1.1) + 0.5 * random.uniform() * random.uniform();
        double slant = SLANT_MEAN + SLANT * random.bell();
        double t = HALF_TURN * random.bell();
        double sine = 2 * t / (1 + t * t);
        double cosine = (1 - t * t) / (1 + t * t);
        for (int i = 0; i < path.size; i++) {
            double x = wide * (path.x[i] - 32) - slant * (path.y[i] - 50);
            double y = path.y[i] - 50;
            path.x[i] = 32 + cosine * x - sine * y;
            path.y[i] = 50 + sine * x + cosine * y;
        }
    }

    /** Sizes the path, and puts its centre of weight near the middle, but nothing beyond the edges. */
    private void fit(int side) {
        double[] wide = path.extent(path.x);
        double[] high = path.extent(path.y);
        double margin = path.extent(path.radius)[1] + 1;
        double size = Math.min(side * random.uniform(0.54, 0.74), side - 2 * margin);
        double scale = size / Math.max(wide[1] - wide[0], high[1] - high[0]);
        double toMiddleX = side * 0.5 - scale * path.centre(path.x) + SHIFT * random.bell();
        double toMiddleY = side * 0.5 - scale * path.centre(path.y) + SHIFT * random.bell();
        place(path.x, scale, within(margin - scale * wide[0], toMiddleX, side - margin - scale * wide[1]));
        place(path.y, scale, within(margin - scale * high[0], toMiddleY, side - margin - scale * high[1]));
    }

    private static double within(double least, double wanted, double most) {
        return Math.max(least, Math.min(most, wanted));
    }

    private void place(double[] axis, double scale, double shift) {
        for (int i = 0; i < path.size; i++) {
            axis[i] = scale * axis[i] + shift;
        }
    }

    /** Gives the pen its radius, which changes slowly along each stroke. */
    private void press(int side) {
        double mean = side / 28.0 * (0.65 + 0.35 * random.uniform() + 1.15 * random.uniform() * random.uniform());
        double change = random.uniform(0.05, 0.25);
        double here = 0;
        double next = change * random.bell();
        for (int i = 0; i < path.size; i++) {
            if (i % 8 == 0) {
                here = next;
                next = change * random.bell();
            }
            path.radius[i] = mean * (1 + here + (next - here) * (i % 8) / 8);
        }
    }
}
