package dev.halfwave.data;

/** What a scanner makes of a drawing: blur, contrast, noise, and values of 8 bits. */
final class Scan {
    private Scan() {}

    static byte[] of(double[] drawing, int side, SplitMix random) {
        double[] seen = blurred(drawing, side, random.uniform(0, 0.5));
        double bright = random.uniform(0.75, 1.4);
        double noise = random.uniform(0, 0.06);
        byte[] values = new byte[seen.length];
        for (int i = 0; i < values.length; i++) {
            double value = bright * seen[i] + noise * random.bell();
            values[i] = (byte) (int) (255 * Math.max(0, Math.min(1, value)) + 0.5);
        }
        return values;
    }

    /** Part of the image replaced by its mean with the neighbours, weighted 1 2 1 in both directions. */
    private static double[] blurred(double[] image, int side, double part) {
        double[] across = new double[image.length];
        double[] both = new double[image.length];
        smooth(image, across, side, 1, side, part);
        smooth(across, both, side, side, 1, part);
        return both;
    }

    /**
     * Smooths along lines whose neighbouring pixels are {@code step} apart, the lines {@code next} apart; beyond the
     * edge is black.
     */
    private static void smooth(double[] from, double[] to, int side, int step, int next, double part) {
        for (int line = 0; line < side; line++) {
            double before = 0;
            double here = from[line * next];
            for (int place = 0; place < side; place++) {
                int i = line * next + place * step;
                double after = place < side - 1 ? from[i + step] : 0;
                to[i] = here + part * (0.25 * (before + after) - 0.5 * here);
                before = here;
                here = after;
            }
        }
    }
}
