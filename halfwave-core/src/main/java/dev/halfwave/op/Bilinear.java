package dev.halfwave.op;

import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.StatisticsKernel;

/** The steps of a {@link BilinearKernel}: pack the second input, then run phase after phase. */
final class Bilinear {
    private Bilinear() {}

    /** The step that computes output 0 from inputs 0 and 1, and from input 2 as bias if there is one. */
    static Step lower(Lowering lowering, BilinearKernel kernel, boolean bias) {
        return lower(lowering, kernel, bias, lowering.output(0));
    }

    /** The same with the result somewhere else. */
    static Step lower(Lowering lowering, BilinearKernel kernel, boolean bias, Slot out) {
        Slot scratch = lowering.scratch(kernel.scratchFloats());
        return phases(lowering, kernel, bias, out, scratch).by(kernel.algorithm());
    }

    /** The step that computes output 0 likewise, and the statistics of its channels. */
    static Step lower(Lowering lowering, StatisticsKernel kernel, boolean bias, Slot mean, Slot variance) {
        Slot scratch = lowering.scratch(kernel.scratchFloats());
        Step statistics = f -> kernel.statistics(
                f.array(scratch), scratch.offset(), f.array(mean), mean.offset(), f.array(variance), variance.offset());
        return Step.sequence(phases(lowering, kernel, bias, lowering.output(0), scratch), statistics)
                .by(kernel.algorithm());
    }

    private static Step phases(Lowering lowering, BilinearKernel kernel, boolean bias, Slot out, Slot scratch) {
        Slot a = lowering.input(0);
        Slot b = packed(lowering, kernel);
        Slot biases = lowering.input(bias ? 2 : 0); // not read if there is no bias
        Step[] phases = new Step[kernel.phases()];
        for (int i = 0; i < phases.length; i++) {
            int phase = i;
            phases[i] = Step.tasks(
                    kernel.tasks(phase),
                    (f, task) -> kernel.run(
                            phase,
                            task,
                            f.array(a),
                            a.offset(),
                            f.array(b),
                            b.offset(),
                            f.array(biases),
                            biases.offset(),
                            f.array(out),
                            out.offset(),
                            f.array(scratch),
                            scratch.offset()));
        }
        return Step.sequence(phases);
    }

    private static Slot packed(Lowering lowering, BilinearKernel kernel) {
        if (kernel.packedFloats() == 0) {
            return lowering.input(1);
        }
        return lowering.prepared(
                1,
                kernel.packedFloats(),
                (b, packed) -> Step.tasks(
                        kernel.packTasks(),
                        (f, task) -> kernel.pack(f.array(b), b.offset(), f.array(packed), packed.offset(), task)));
    }
}
