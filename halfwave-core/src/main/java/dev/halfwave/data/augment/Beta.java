package dev.halfwave.data.augment;

/** How evenly two images are mixed: symmetric beta distributions. */
final class Beta {
    static final double SMALLEST = 0.05;
    static final double LARGEST = 2;

    private Beta() {}

    /**
     * The larger part of a draw from Beta(alpha, alpha), from 0.5 to 1, by Jöhnk's method; the same bits on every machine.
     *
     * @see <a href="https://doi.org/10.1007/978-1-4613-8643-8">Devroye 1986, chapter IX.3.5</a>
     */
    static double largerPart(double alpha, Draws draws) {
        while (true) {
            double a = StrictMath.pow(draws.uniform(), 1 / alpha);
            double b = StrictMath.pow(draws.uniform(), 1 / alpha);
            if (a + b > 0 && a + b <= 1) {
                return Math.max(a, b) / (a + b);
            }
        }
    }
}
