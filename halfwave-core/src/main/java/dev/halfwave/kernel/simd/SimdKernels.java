package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.ActivationKernels;
import dev.halfwave.kernel.AlgorithmChoice;
import dev.halfwave.kernel.AxisKernels;
import dev.halfwave.kernel.BlockMath;
import dev.halfwave.kernel.ChannelKernels;
import dev.halfwave.kernel.ConvKernels;
import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.LayoutKernels;
import dev.halfwave.kernel.MatMulKernels;
import dev.halfwave.kernel.PointwiseKernels;
import dev.halfwave.kernel.PoolKernels;
import dev.halfwave.kernel.ReduceKernels;
import dev.halfwave.kernel.RowKernels;
import dev.halfwave.kernel.UpdateKernels;
import dev.halfwave.kernel.scalar.ScalarAxisKernels;
import dev.halfwave.kernel.scalar.ScalarLayoutKernels;
import dev.halfwave.kernel.scalar.ScalarReduceKernels;

/** The provider over the Vector API. */
public final class SimdKernels implements Kernels {
    private final BlockMath blocks = new SimdBlockMath();
    private final PointwiseKernels pointwise = new ActivationKernels(blocks);
    private final SimdConvKernels conv;
    private final MatMulKernels matMul = new SimdMatMulKernels(pointwise);
    private final ElementwiseKernels elementwise = new SimdElementwiseKernels();
    private final LayoutKernels layout = new ScalarLayoutKernels(); // the memory is what it waits for
    private final ReduceKernels reduce = new ScalarReduceKernels(); // C2 makes vectors of the loops over columns
    private final ChannelKernels channels = new SimdChannelKernels();
    private final PoolKernels pool = new SimdPoolKernels();
    private final RowKernels rows = new SimdRowKernels();
    private final UpdateKernels updates = new SimdUpdateKernels();
    private final AxisKernels axes = new ScalarAxisKernels(); // bound by memory

    /** With the fastest algorithms. */
    public SimdKernels() {
        conv = new SimdConvKernels(pointwise);
    }

    private SimdKernels(SimdConvKernels conv) {
        this.conv = conv;
    }

    @Override
    public Kernels exact() {
        return new SimdKernels(conv.exact());
    }

    @Override
    public Kernels tuned(AlgorithmChoice choice) {
        return new SimdKernels(conv.tuned(choice));
    }

    @Override
    public String name() {
        return "simd";
    }

    @Override
    public int lanes() {
        return Lanes.COUNT;
    }

    @Override
    public ConvKernels conv() {
        return conv;
    }

    @Override
    public MatMulKernels matMul() {
        return matMul;
    }

    @Override
    public PointwiseKernels pointwise() {
        return pointwise;
    }

    @Override
    public ElementwiseKernels elementwise() {
        return elementwise;
    }

    @Override
    public BlockMath blocks() {
        return blocks;
    }

    @Override
    public LayoutKernels layout() {
        return layout;
    }

    @Override
    public ReduceKernels reduce() {
        return reduce;
    }

    @Override
    public ChannelKernels channels() {
        return channels;
    }

    @Override
    public PoolKernels pool() {
        return pool;
    }

    @Override
    public RowKernels rows() {
        return rows;
    }

    @Override
    public UpdateKernels updates() {
        return updates;
    }

    @Override
    public AxisKernels axes() {
        return axes;
    }
}
