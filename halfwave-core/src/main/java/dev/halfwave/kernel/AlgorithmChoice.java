package dev.halfwave.kernel;

import java.util.List;

/**
 * Decides how a convolution is computed where there are several ways.
 *
 * <p>Algorithms add up in different orders and round differently, so a choice decides about a program's last bits.
 */
@FunctionalInterface
public interface AlgorithmChoice {
    /**
     * The kernel of one of the algorithms.
     *
     * @param pass what is to be computed
     * @param algorithms what fits, one or more; the one that the sizes speak for comes first
     */
    BilinearKernel of(ConvPass pass, List<Algorithm> algorithms);

    /** The choice that follows from the sizes alone: the same on every machine. */
    static AlgorithmChoice bySizes() {
        return (pass, algorithms) -> algorithms.get(0).kernel();
    }
}
