package dev.halfwave.kernel;

/**
 * Merges the moments of parts of some rows, in order and in double precision.
 *
 * <p>Of two parts with {@code a} and {@code b} rows and means that lie {@code d} apart, the sum of squared distances
 * from the common mean is that of both parts plus {@code d² · a·b / (a + b)}.
 *
 * @see <a href="https://doi.org/10.1080/00031305.1983.10483115">Chan, Golub and LeVeque 1983, equation 2.1</a>
 */
public final class Moments {
    private final int[] places;
    private final double rows;

    /** How far a part moves the mean: its share of all rows up to it. */
    private final double[] shares;

    /** The rows before a part times its share. */
    private final double[] weights;

    /**
     * @param parts the rows of each part; parts without rows have no moments and are skipped
     * @param places where the moments of each part begin
     */
    public Moments(int[] parts, int[] places) {
        this.places = places.clone();
        shares = new double[parts.length];
        weights = new double[parts.length];
        double before = 0;
        for (int i = 0; i < parts.length; i++) {
            shares[i] = parts[i] == 0 ? 0 : parts[i] / (before + parts[i]);
            weights[i] = before * shares[i];
            before += parts[i];
        }
        rows = before;
    }

    /**
     * Writes the mean and the population variance of {@code c} channels.
     *
     * @param means the parts' means, each from its place on after {@code meansO}
     * @param squares their sums of squared distances from these, likewise
     */
    public void merge(
            float[] means,
            int meansO,
            float[] squares,
            int squaresO,
            float[] mean,
            int meanO,
            float[] variance,
            int varianceO,
            int c) {
        for (int j = 0; j < c; j++) {
            double m = 0;
            double m2 = 0;
            for (int i = 0; i < places.length; i++) {
                if (shares[i] > 0) {
                    double off = means[meansO + places[i] + j] - m;
                    m += off * shares[i];
                    m2 += squares[squaresO + places[i] + j] + off * off * weights[i];
                }
            }
            mean[meanO + j] = (float) m;
            variance[varianceO + j] = (float) (m2 / rows);
        }
    }
}
