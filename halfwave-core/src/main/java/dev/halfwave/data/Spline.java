package dev.halfwave.data;

/**
 * A smooth curve through points, in the manner of Catmull and Rom: at each point it runs parallel to the line between
 * the point's neighbours. At ends and sharp corners it comes in as it likes. Its speed is that of the chord, so that
 * points close to each other make no loops.
 */
final class Spline {
    private static final double PIECE = 9;
    private static final int MOST_PIECES = 6;

    private final double[] points;
    private final boolean[] sharp;
    private final int last;

    /** @param points x, y, x, y, … */
    Spline(double[] points, boolean[] sharp) {
        this.points = points;
        this.sharp = sharp;
        this.last = sharp.length - 1;
    }

    /** Adds the curve to a path as a stroke of short straight pieces. */
    void trace(PenPath path) {
        path.begin(points[0], points[1]);
        for (int i = 0; i < last; i++) {
            span(i, path);
        }
    }

    private void span(int i, PenPath path) {
        double dx = points[2 * i + 2] - points[2 * i];
        double dy = points[2 * i + 3] - points[2 * i + 1];
        double chord = Math.sqrt(dx * dx + dy * dy);
        double speedStart = speed(i, chord);
        double speedEnd = speed(i + 1, chord);
        int pieces = Math.max(1, Math.min(MOST_PIECES, (int) (chord / PIECE)));
        for (int piece = 1; piece <= pieces; piece++) {
            double t = (double) piece / pieces;
            path.add(
                    points[2 * i] + way(t, dx, speedStart * run(i, 0), speedEnd * run(i + 1, 0), i),
                    points[2 * i + 1] + way(t, dy, speedStart * run(i, 1), speedEnd * run(i + 1, 1), i));
        }
    }

    /** What makes the run at a point as long as a chord; 0 where the point is free. */
    private double speed(int k, double chord) {
        if (isFree(k)) {
            return 0;
        }
        double x = run(k, 0);
        double y = run(k, 1);
        return chord / Math.max(1, Math.sqrt(x * x + y * y));
    }

    /** From the point before to the point after, on one axis. */
    private double run(int k, int axis) {
        return isFree(k) ? 0 : points[2 * k + 2 + axis] - points[2 * k - 2 + axis];
    }

    private boolean isFree(int k) {
        return k == 0 || k == last || sharp[k];
    }

    /** Hermite's cubic from 0 to {@code distance}; a free end takes the slope that bends it least. */
    private double way(double t, double distance, double startSlope, double endSlope, int i) {
        double start = startSlope;
        double end = endSlope;
        if (isFree(i) && isFree(i + 1)) {
            return t * distance;
        }
        if (isFree(i)) {
            start = 1.5 * distance - 0.5 * end;
        } else if (isFree(i + 1)) {
            end = 1.5 * distance - 0.5 * start;
        }
        return t * (start + t * (3 * distance - 2 * start - end + t * (start + end - 2 * distance)));
    }
}
