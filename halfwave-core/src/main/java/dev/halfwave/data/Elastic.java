package dev.halfwave.data;

/**
 * A smooth field of random displacements that bends what is drawn, as paper and hand do.
 *
 * <p>A coarse grid of random vectors, interpolated smoothly; displacing the pen's path rather than pixels keeps lines
 * sharp.
 *
 * @see <a href="https://doi.org/10.1109/ICDAR.2003.1227801">Simard, Steinkraus, Platt: Best practices for convolutional neural networks
 *     applied to visual document analysis, 2003, section 2</a>
 */
final class Elastic {
    private static final int GRID = 5;
    private static final double CELL = 42;
    private static final double ORIGIN = -42;

    /** The strength's upper end, in hundredths of a digit's height. */
    private static final double STRONGEST = 9;

    private final double[] shiftX = new double[GRID * GRID];
    private final double[] shiftY = new double[GRID * GRID];

    Elastic(SplitMix random) {
        double strength = random.uniform(0, STRONGEST);
        for (int i = 0; i < GRID * GRID; i++) {
            shiftX[i] = strength * random.bell();
            shiftY[i] = strength * random.bell();
        }
    }

    void bend(PenPath path) {
        for (int i = 0; i < path.size; i++) {
            double column = onGrid(path.x[i]);
            double row = onGrid(path.y[i]);
            path.x[i] += at(shiftX, row, column);
            path.y[i] += at(shiftY, row, column);
        }
    }

    private static double onGrid(double place) {
        return Math.max(0, Math.min(GRID - 1.001, (place - ORIGIN) / CELL));
    }

    private static double at(double[] field, double row, double column) {
        int r = (int) row;
        int c = (int) column;
        double v = ease(row - r);
        double u = ease(column - c);
        int k = r * GRID + c;
        double above = field[k] + u * (field[k + 1] - field[k]);
        double below = field[k + GRID] + u * (field[k + GRID + 1] - field[k + GRID]);
        return above + v * (below - above);
    }

    /** From 0 to 1 with slope 0 at both ends, so that the field has no creases. */
    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }
}
