package dev.halfwave.op;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.kernel.PointwiseKernels;

/** The step of {@code y = f(a + b)}, element by element. */
final class Sum {
    /** Floats that are added and activated at a time: 8 KiB, so that the sum is still in the first cache. */
    private static final int BLOCK = 2048;

    private Sum() {}

    /** The sum of two slots of the output's size, into the output; either may be the output itself. */
    static Step lower(Lowering lowering, Slot a, Slot b, Activation activation) {
        Slot y = lowering.output(0);
        int elements = lowering.outputShape(0).elements();
        Step.Range sum = sum(lowering.kernels().elementwise(), a, b, y);
        if (activation instanceof Identity) {
            return Grain.elements(elements, sum);
        }
        PointwiseKernels.Value value = lowering.kernels().pointwise().value(activation);
        return Grain.elements(elements, (f, from, to) -> {
            float[] ys = f.array(y);
            for (int i = from; i < to; i += BLOCK) {
                int end = Math.min(to, i + BLOCK);
                sum.run(f, i, end);
                value.apply(ys, y.offset() + i, ys, y.offset() + i, end - i);
            }
        });
    }

    private static Step.Range sum(ElementwiseKernels kernels, Slot a, Slot b, Slot y) {
        return (f, from, to) -> kernels.add(
                f.array(a), a.offset() + from, f.array(b), b.offset() + from, f.array(y), y.offset() + from, to - from);
    }
}
