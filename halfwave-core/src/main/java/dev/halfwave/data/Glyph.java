package dev.halfwave.data;

/**
 * One way to write a digit: strokes of the pen, each through a row of points.
 *
 * <p>A glyph is written as text. Strokes are separated by {@code |}, points by commas; a point is x and y, y growing
 * downwards, in a box about 60 wide and 100 high. The pen goes through the points in a smooth curve, except at those
 * marked {@code !}, where it turns sharply. There are two such texts with the same points in other places, the two ends
 * of a range of hands; all between is written too.
 *
 * @param weight how often this glyph is written, relative to the digit's others
 * @param from the points at one end, per stroke x, y, x, y, …
 * @param to the same points at the other end
 * @param sharp per stroke and point whether the pen turns sharply
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Glyph(double weight, double[][] from, double[][] to, boolean[][] sharp) {

    /** @throws IllegalArgumentException if the two texts do not have the same strokes, points and corners */
    static Glyph of(double weight, String from, String to) {
        String shape = from.replaceAll("[0-9]+ [0-9]+", "");
        if (!shape.equals(to.replaceAll("[0-9]+ [0-9]+", ""))) {
            throw new IllegalArgumentException(
                    "glyph: expected the strokes and corners of " + from + ", received " + to);
        }
        return new Glyph(weight, points(from), points(to), corners(from));
    }

    private static double[][] points(String text) {
        String[] strokes = text.split("\\|", -1);
        double[][] points = new double[strokes.length][];
        for (int s = 0; s < strokes.length; s++) {
            String[] numbers = strokes[s].replace('!', ' ').trim().split("[ ,]+", -1);
            points[s] = new double[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                points[s][i] = Integer.parseInt(numbers[i]);
            }
        }
        return points;
    }

    private static boolean[][] corners(String text) {
        String[] strokes = text.split("\\|", -1);
        boolean[][] corners = new boolean[strokes.length][];
        for (int s = 0; s < strokes.length; s++) {
            String[] points = strokes[s].split(",", -1);
            corners[s] = new boolean[points.length];
            for (int i = 0; i < points.length; i++) {
                corners[s][i] = points[i].contains("!");
            }
        }
        return corners;
    }
}
