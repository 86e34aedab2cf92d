package dev.halfwave.op;

import dev.halfwave.graph.Frame;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.BilinearKernel;
import java.util.ArrayList;
import java.util.List;

/** A product of a few rows with the same weights again and again, within one task: for full blocks and for the last. */
final class BlockProduct {
    /** Floats in a cache line, at which areas of memory start. */
    private static final int LINE = 16;

    /** Makes the kernel for a number of rows. */
    @FunctionalInterface
    interface Making {
        BilinearKernel of(int rows);
    }

    private final Sized full;
    private final Sized rest;

    /** Kernels for the blocks of a batch, with their second operand in the given place. */
    BlockProduct(Lowering lowering, RecurrentSizes sizes, Slot weights, Making making) {
        full = new Sized(lowering, weights, sizes.full(), making);
        rest = sizes.rest() == 0 ? full : new Sized(lowering, weights, sizes.rest(), making);
    }

    /** The step that packs the weights. */
    Step pack() {
        return full == rest ? full.pack() : Step.sequence(full.pack(), rest.pack());
    }

    /** How the products of full blocks are computed. */
    String algorithm() {
        return full.kernel.algorithm();
    }

    /** Floats of working memory for one block. */
    int scratchFloats() {
        return Math.max(full.kernel.scratchFloats(), rest.kernel.scratchFloats());
    }

    /** A length rounded up to whole cache lines. */
    static int aligned(int floats) {
        return Math.addExact(floats, LINE - 1) / LINE * LINE;
    }

    /** {@code out = a · weights + bias} for so many rows; the bias is not read if the kernel has none. */
    void run(Frame f, int rows, float[] m, int a, Slot bias, int out, int scratch) {
        (rows == full.rows ? full : rest).run(f, m, a, bias, out, scratch);
    }

    /** The product for one number of rows. */
    private static final class Sized {
        private final int rows;
        private final BilinearKernel kernel;
        private final Slot weights;
        private final Slot packed;

        Sized(Lowering lowering, Slot weights, int rows, Making making) {
            this.rows = rows;
            this.weights = weights;
            kernel = making.of(rows);
            packed = kernel.packedFloats() == 0 ? weights : lowering.scratch(kernel.packedFloats());
        }

        Step pack() {
            List<Step> steps = new ArrayList<>();
            if (kernel.packedFloats() > 0) {
                steps.add(Step.tasks(
                        kernel.packTasks(),
                        (f, task) -> kernel.pack(
                                f.array(weights), weights.offset(), f.array(packed), packed.offset(), task)));
            }
            return Step.sequence(steps.toArray(Step[]::new));
        }

        void run(Frame f, float[] m, int a, Slot bias, int out, int scratch) {
            float[] b = f.array(packed);
            float[] biases = f.array(bias);
            for (int phase = 0; phase < kernel.phases(); phase++) {
                int tasks = kernel.tasks(phase);
                for (int task = 0; task < tasks; task++) {
                    kernel.run(phase, task, m, a, b, packed.offset(), biases, bias.offset(), m, out, m, scratch);
                }
            }
        }
    }
}
