/**
 * The kernels over vectors: the only package that imports {@code jdk.incubator.vector}.
 *
 * <p>What each computes is defined in {@code kernel.scalar}; maps give the same bits as there, sums agree within the
 * rounding of float32. Loops are static, small and counted, and vectors live in locals: that is what C2 compiles well.
 * May import {@code kernel}, {@code kernel.scalar}, {@code activation} and {@code tensor}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.kernel.simd;
