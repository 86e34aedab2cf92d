package dev.halfwave.data.augment;

/** A smooth field of displacements: random vectors at the knots of a grid, and between them a blend of the four around. */
final class Rubber implements Raster.Bend {
    private final Axis rows;
    private final Axis columns;
    private final double[] across;
    private final double[] down;

    Rubber(int height, int width, double strongest, double cell, Draws draws) {
        double strength = draws.uniform(0, strongest);
        rows = new Axis(height, cell, draws.uniform());
        columns = new Axis(width, cell, draws.uniform());
        across = new double[rows.knots * columns.knots];
        down = new double[rows.knots * columns.knots];
        for (int i = 0; i < across.length; i++) {
            across[i] = strength * draws.bell();
            down[i] = strength * draws.bell();
        }
    }

    @Override
    public double across(int row, int column) {
        return at(across, row, column);
    }

    @Override
    public double down(int row, int column) {
        return at(down, row, column);
    }

    private double at(double[] field, int row, int column) {
        int knot = rows.before[row] * columns.knots + columns.before[column];
        double share = columns.share[column];
        double upper = field[knot] + share * (field[knot + 1] - field[knot]);
        int below = knot + columns.knots;
        double lower = field[below] + share * (field[below + 1] - field[below]);
        return upper + rows.share[row] * (lower - upper);
    }

    /** For every pixel of a row or column the knot before it, and how much of the way to the next one counts. */
    private static final class Axis {
        final int knots;
        final int[] before;
        final double[] share;

        Axis(int size, double cell, double phase) {
            before = new int[size];
            share = new double[size];
            for (int i = 0; i < size; i++) {
                double place = i / cell + phase;
                before[i] = (int) place;
                share[i] = ease(place - before[i]);
            }
            knots = before[size - 1] + 2;
        }

        /** From 0 to 1 with slope 0 at both ends, so that the field has no creases. */
        private static double ease(double t) {
            return t * t * (3 - 2 * t);
        }
    }
}
