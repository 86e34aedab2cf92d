package dev.halfwave.data;

/** Draws a pen's path: each pixel is as bright as the nearest piece of the path covers it. */
final class Pen {
    private final double[] image;
    private final int side;
    private final double softness;

    /**
     * @param image the pixels of a square, row by row, from 0 to 1, which the pen brightens
     * @param softness how many pixels an edge takes from dark to bright
     */
    Pen(double[] image, int side, double softness) {
        this.image = image;
        this.side = side;
        this.softness = softness;
    }

    void draw(PenPath path) {
        for (int i = 1; i < path.size; i++) {
            if (!path.begins[i]) {
                piece(path, i);
            }
        }
    }

    /** The piece from point i − 1 to point i, with round ends. */
    private void piece(PenPath path, int i) {
        double reach = Math.max(path.radius[i - 1], path.radius[i]) + softness;
        int top = first(Math.min(path.y[i - 1], path.y[i]) - reach);
        int bottom = end(Math.max(path.y[i - 1], path.y[i]) + reach);
        int left = first(Math.min(path.x[i - 1], path.x[i]) - reach);
        int right = end(Math.max(path.x[i - 1], path.x[i]) + reach);
        double dx = path.x[i] - path.x[i - 1];
        double dy = path.y[i] - path.y[i - 1];
        double perLength = 1 / Math.max(1e-9, dx * dx + dy * dy);
        double widening = path.radius[i] - path.radius[i - 1];
        for (int row = top; row < bottom; row++) {
            double y = row + 0.5 - path.y[i - 1];
            for (int column = left; column < right; column++) {
                double x = column + 0.5 - path.x[i - 1];
                double along = Math.max(0, Math.min(1, (x * dx + y * dy) * perLength));
                double offX = x - along * dx;
                double offY = y - along * dy;
                double depth = path.radius[i - 1] + along * widening - Math.sqrt(offX * offX + offY * offY);
                brighten(row * side + column, 0.5 + depth / softness);
            }
        }
    }

    private void brighten(int pixel, double covered) {
        image[pixel] = Math.max(image[pixel], Math.min(1, covered));
    }

    private int first(double place) {
        return Math.max(0, (int) place);
    }

    private int end(double place) {
        return Math.max(0, Math.min(side, (int) place + 1));
    }
}
