package dev.halfwave.kernel;

/**
 * A convolution that takes the statistics of every output channel while its results are in the cache.
 *
 * <p>Tasks leave the moments of what they wrote in scratch; once all phases are done, {@link #statistics} merges them.
 * Which rows go together follows from the shape alone, and so do the bits.
 */
public interface StatisticsKernel extends BilinearKernel {
    /**
     * Each channel's mean and population variance over all rows of the result.
     *
     * @param scratch what the phases left there, from {@code so}
     * @param mean one number per channel, from {@code meanO}
     * @param variance one number per channel, from {@code varianceO}
     */
    void statistics(float[] scratch, int so, float[] mean, int meanO, float[] variance, int varianceO);
}
