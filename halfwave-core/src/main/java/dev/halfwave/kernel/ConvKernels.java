package dev.halfwave.kernel;

import dev.halfwave.activation.Activation;
import dev.halfwave.tensor.Window;
import java.util.Optional;

/**
 * Makes convolution kernels for a geometry.
 *
 * <p>The forward pass is a cross-correlation, as everywhere in this field: {@code y[n,p,q,k] = Σ x[n, p·stride − pad +
 * i·dilation, …, c] · w[i,j,c,k]}. The other two are its exact adjoints.
 */
public interface ConvKernels {
    /** y from a = x and b = filters, plus bias if asked for, through the activation. */
    BilinearKernel forward(ConvGeometry geometry, boolean bias, Activation activation);

    /**
     * The same, added to what the result holds already: {@code y = f(y + conv(x, w) + bias)}, so that a residual needs
     * no pass of its own. Empty if it would need one all the same.
     */
    default Optional<BilinearKernel> forwardOnto(ConvGeometry geometry, boolean bias, Activation activation) {
        return Optional.empty();
    }

    /**
     * The maxima of {@link #forward}'s result over the windows of a pool, without ever writing it as a whole. Empty if that
     * cannot be done.
     *
     * @param vertical how the pool's windows move over the rows of the convolution's result
     * @param horizontal how they move over its columns
     */
    default Optional<BilinearKernel> forwardPooled(
            ConvGeometry geometry, Window vertical, Window horizontal, boolean bias, Activation activation) {
        return Optional.empty();
    }

    /**
     * The forward pass, taking the statistics of what it writes, so that a batch norm need not read
     * all of it for them. Empty if that would take a pass of its own all the same.
     */
    default Optional<StatisticsKernel> forwardWithStatistics(
            ConvGeometry geometry, boolean bias, Activation activation) {
        return Optional.empty();
    }

    /** dx from a = dy and b = filters. */
    BilinearKernel backwardData(ConvGeometry geometry);

    /** The filters' gradient from a = x and b = dy. */
    BilinearKernel backwardFilters(ConvGeometry geometry);
}
