package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.StatisticsKernel;
import java.util.Optional;

/** A kernel that can take the statistics of what it writes, if asked to. */
interface StatisticsTaker extends BilinearKernel {
    /**
     * The same kernel, taking statistics; empty if a pass of their own would be needed all the same.
     *
     * @param copies how often the channels are repeated along a row
     */
    Optional<StatisticsKernel> takingStatistics(int copies);
}
