package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.ActivationKernels;
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

/** The provider in plain Java. */
public final class ScalarKernels implements Kernels {
    private final BlockMath blocks = new ScalarBlockMath();
    private final PointwiseKernels pointwise = new ActivationKernels(blocks);
    private final ConvKernels conv = new ScalarConvKernels(pointwise);
    private final MatMulKernels matMul = new ScalarMatMulKernels(pointwise);
    private final ElementwiseKernels elementwise = new ScalarElementwiseKernels();
    private final LayoutKernels layout = new ScalarLayoutKernels();
    private final ReduceKernels reduce = new ScalarReduceKernels();
    private final ChannelKernels channels = new ScalarChannelKernels();
    private final PoolKernels pool = new ScalarPoolKernels();
    private final RowKernels rows = new ScalarRowKernels();
    private final UpdateKernels updates = new ScalarUpdateKernels();
    private final AxisKernels axes = new ScalarAxisKernels();

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int lanes() {
        return 1;
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
