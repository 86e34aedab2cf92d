package dev.halfwave.data;

import java.util.Arrays;

/** Where a pen goes: points with the pen's radius there, each joined to the one before unless it begins a stroke. */
final class PenPath {
    double[] x = new double[96];
    double[] y = new double[96];
    double[] radius = new double[96];
    boolean[] begins = new boolean[96];
    int size;

    /** Sets the pen down for a new stroke. */
    void begin(double px, double py) {
        add(px, py);
        begins[size - 1] = true;
    }

    /** Moves the pen on. */
    void add(double px, double py) {
        if (size == x.length) {
            x = Arrays.copyOf(x, 2 * size);
            y = Arrays.copyOf(y, 2 * size);
            radius = Arrays.copyOf(radius, 2 * size);
            begins = Arrays.copyOf(begins, 2 * size);
        }
        x[size] = px;
        y[size] = py;
        size++;
    }

    /** The least and the greatest of the path's values on one axis. */
    double[] extent(double[] axis) {
        double least = axis[0];
        double greatest = axis[0];
        for (int i = 1; i < size; i++) {
            least = Math.min(least, axis[i]);
            greatest = Math.max(greatest, axis[i]);
        }
        return new double[] {least, greatest};
    }

    /** The mean of one axis over the length of the strokes: where the ink's weight is. */
    double centre(double[] axis) {
        double sum = 0;
        double lengths = 0;
        for (int i = 1; i < size; i++) {
            if (!begins[i]) {
                double dx = x[i] - x[i - 1];
                double dy = y[i] - y[i - 1];
                double length = Math.sqrt(dx * dx + dy * dy);
                sum += length * (axis[i] + axis[i - 1]);
                lengths += length;
            }
        }
        return sum / (2 * lengths);
    }
}
