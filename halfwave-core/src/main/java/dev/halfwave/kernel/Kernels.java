package dev.halfwave.kernel;

/**
 * One provider's kernels, by subject.
 *
 * <p>{@link dev.halfwave.kernel.scalar} defines what each computes; every other provider agrees with it within the
 * rounding of float32. Which one is active is {@link Providers}' choice.
 */
public interface Kernels {
    /** What the provider is called, as in {@code simd}. */
    String name();

    /** How many floats one vector holds; 1 for plain Java. */
    int lanes();

    /**
     * The same provider with the rounding of plain sums: without algorithms that save multiplications at its cost, such
     * as Winograd's, whose error is four to five times as large.
     */
    default Kernels exact() {
        return this;
    }

    /**
     * The same provider with convolutions computed as someone else decides, where there are several ways; exact kernels
     * stay exact. Without it, the sizes decide. A choice changes the last bits, never what is computed.
     */
    default Kernels tuned(AlgorithmChoice choice) {
        return this;
    }

    /** Convolution and its two gradients. */
    ConvKernels conv();

    /** Matrix products. */
    MatMulKernels matMul();

    /** Activations and their gradients. */
    PointwiseKernels pointwise();

    /** Sums, copies and scaling of equal-sized arrays. */
    ElementwiseKernels elementwise();

    /** The loops that formulas are made of, and sums, products and comparisons of two tensors. */
    BlockMath blocks();

    /** Other orders of axes. */
    LayoutKernels layout();

    /** Sums, products and extremes of many numbers. */
    ReduceKernels reduce();

    /** Work that treats the last axis as channels: bias, normalisation statistics, learnt slopes. */
    ChannelKernels channels();

    /** Max and average pooling. */
    PoolKernels pool();

    /** Softmax and the losses over rows of logits. */
    RowKernels rows();

    /** Optimizer updates. */
    UpdateKernels updates();

    /** Gathering and weighted sums along any one axis. */
    AxisKernels axes();
}
