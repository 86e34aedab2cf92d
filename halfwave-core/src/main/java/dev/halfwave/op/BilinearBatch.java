package dev.halfwave.op;

import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.BilinearKernel;

/**
 * The steps of one {@link BilinearKernel} for many pairs of operands, each at its own offsets: pack all second
 * operands, then run phase after phase, so that the tasks of all pairs are spread over the threads together.
 *
 * @param kernel the kernel of one pair, without bias
 * @param sizes how many pairs there are, and how many floats each operand and result takes
 * @param flops the work for one pair
 */
record BilinearBatch(BilinearKernel kernel, Sizes sizes, long flops) {
    /** Work worth a task of its own, some ten microseconds. */
    private static final long TASK_FLOPS = 1_000_000;

    /** Scratch memory that pairs in flight may take together, 4 MiB; what goes beyond comes in further waves. */
    private static final int SCRATCH_FLOATS = 1 << 20;

    /** Floats in a cache line, at which packed operands and scratch areas start. */
    private static final int LINE = 16;

    /** The number of pairs, and floats of each a, b and result. */
    record Sizes(int pairs, int a, int b, int out) {}

    /** The step that computes output 0 from inputs 0 and 1. */
    Step lower(Lowering lowering) {
        if (sizes.pairs() == 0 || sizes.out() == 0) {
            return Step.sequence();
        }
        Slot b = packed(lowering);
        int scratch = aligned(kernel.scratchFloats());
        int together = scratch == 0 ? sizes.pairs() : Math.max(1, Math.min(sizes.pairs(), SCRATCH_FLOATS / scratch));
        Slot room = lowering.scratch(Math.multiplyExact(together, scratch));
        int waves = (sizes.pairs() + together - 1) / together;
        Step[] steps = new Step[waves * kernel.phases()];
        for (int i = 0; i < steps.length; i++) {
            int first = i / kernel.phases() * together;
            int count = Math.min(together, sizes.pairs() - first);
            steps[i] = phase(lowering, i % kernel.phases(), first, count, b, room);
        }
        return Step.sequence(steps).by(kernel.algorithm());
    }

    private Step phase(Lowering lowering, int phase, int first, int count, Slot b, Slot room) {
        Slot a = lowering.input(0);
        Slot out = lowering.output(0);
        int tasks = kernel.tasks(phase);
        int scratch = aligned(kernel.scratchFloats());
        int packed = packedFloats();
        return Step.ranges(count * tasks, grain(tasks), (f, from, to) -> {
            for (int i = from; i < to; i++) {
                int pair = first + i / tasks;
                kernel.run(
                        phase,
                        i % tasks,
                        f.array(a),
                        a.offset() + pair * sizes.a(),
                        f.array(b),
                        b.offset() + pair * packed,
                        f.array(a), // no bias: not read
                        a.offset(),
                        f.array(out),
                        out.offset() + pair * sizes.out(),
                        f.array(room),
                        room.offset() + i / tasks * scratch);
            }
        });
    }

    private Slot packed(Lowering lowering) {
        int tasks = kernel.packTasks();
        if (kernel.packedFloats() == 0) {
            return lowering.input(1);
        }
        int floats = packedFloats();
        return lowering.prepared(
                1,
                Math.multiplyExact(sizes.pairs(), floats),
                (b, packed) -> Step.ranges(
                        sizes.pairs() * tasks, Math.max(1, Grain.FLOATS * tasks / floats), (f, from, to) -> {
                            for (int i = from; i < to; i++) {
                                int pair = i / tasks;
                                kernel.pack(
                                        f.array(b),
                                        b.offset() + pair * sizes.b(),
                                        f.array(packed),
                                        packed.offset() + pair * floats,
                                        i % tasks);
                            }
                        }));
    }

    /** The distance from one packed operand to the next. */
    private int packedFloats() {
        return kernel.packedFloats() == 0 ? sizes.b() : aligned(kernel.packedFloats());
    }

    private int grain(int tasks) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, TASK_FLOPS * tasks / Math.max(1, flops)));
    }

    private static int aligned(int floats) {
        return Math.addExact(floats, LINE - 1) / LINE * LINE;
    }
}
