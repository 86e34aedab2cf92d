package dev.halfwave.op;

import static dev.halfwave.op.BlockProduct.aligned;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Frame;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.ElementwiseKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The kernels of a {@link Recurrence}: a block of samples is taken through all steps, each a small product and the cell's
 * loops over memory of the block's own.
 */
final class RecurrentForward {
    private final Recurrence op;
    private final RecurrentSizes sizes;
    private final ElementwiseKernels elementwise;
    private final Cell.Steps cell;
    private final BlockProduct product;
    private final Step preparation;
    private final Slot x;
    private final Slot bias;
    private final Slot y;
    private final Slot rows;
    private final Slot planes;
    private final Slot room;
    private final Places at;

    RecurrentForward(Lowering lowering, Recurrence op) {
        this.op = op;
        sizes = RecurrentSizes.of(op.cell(), lowering.inputShape(0), lowering.inputShape(2));
        elementwise = lowering.kernels().elementwise();
        cell = op.cell().steps(lowering.kernels());
        x = lowering.input(0);
        Stacked stacked = new Stacked(sizes, elementwise);
        Slot weights = lowering.scratch(Math.multiplyExact(sizes.row(), sizes.sums()));
        List<Step> steps = new ArrayList<>();
        steps.add(stacked.both(lowering.input(1), lowering.input(2), weights));
        bias = op.cell().keepsApart() ? lowering.scratch(sizes.sums()) : lowering.input(3);
        if (op.cell().keepsApart()) {
            steps.add(stacked.bias(lowering.input(3), lowering.input(4), bias));
        }
        product = new BlockProduct(
                lowering,
                sizes,
                weights,
                r -> lowering.kernels()
                        .matMul()
                        .product(r, sizes.sums(), sizes.row(), false, false, true, new Identity()));
        steps.add(product.pack());
        preparation = Step.sequence(steps.toArray(Step[]::new));
        y = lowering.output(0);
        rows = lowering.output(op.keeping() ? 1 : 0);
        planes = lowering.output(op.keeping() ? 2 : 0);
        at = Places.of(sizes, product.scratchFloats());
        room = lowering.scratch(Math.multiplyExact(at.end, sizes.blocks()));
    }

    /** Where things stand in a block's memory. */
    private record Places(int row, int sums, int planes, int h, int spare, int scratch, int end) {
        static Places of(RecurrentSizes sizes, int scratch) {
            int n = sizes.full();
            int sums = aligned(n * sizes.row());
            int planes = sums + aligned(n * sizes.sums());
            int h = planes + aligned(n * sizes.planes());
            int spare = h + aligned(n * sizes.units());
            int room = spare + aligned(n * sizes.units());
            return new Places(0, sums, planes, h, spare, room, aligned(room + scratch));
        }
    }

    /** The step that computes everything. */
    Step step() {
        return Step.sequence(preparation, Step.tasks(sizes.blocks(), this::block))
                .by("blocks of " + sizes.full() + ", " + product.algorithm());
    }

    private void block(Frame f, int block) {
        float[] m = f.array(room);
        int base = room.offset() + block * at.end;
        int n = sizes.rows(block);
        int units = sizes.units();
        int planesAt = base + at.planes;
        int h = base + at.h;
        Arrays.fill(m, h, h + n * units, 0);
        Arrays.fill(m, planesAt, planesAt + n * sizes.planes(), 0);
        for (int t = 0; t < sizes.steps(); t++) {
            start(f, m, base, block, t);
            product.run(f, n, m, base + at.row, bias, base + at.sums, base + at.scratch);
            for (int i = 0; i < op.cell().sums(); i++) {
                int from = base + at.sums + i * units;
                elementwise.copyRows(m, from, sizes.sums(), m, planesAt + i * n * units, units, n, units);
            }
            cell.step(m, planesAt, h, base + at.spare, n * units);
            keep(f, m, base, block, t);
        }
    }

    /** Puts the input of a step and the state before it together. */
    private void start(Frame f, float[] m, int base, int block, int t) {
        int n = sizes.rows(block);
        int c = sizes.channels();
        int row = sizes.row();
        int from = x.offset() + (sizes.first(block) * sizes.steps() + t) * c;
        elementwise.copyRows(f.array(x), from, sizes.steps() * c, m, base + at.row, row, n, c);
        elementwise.copyRows(m, base + at.h, sizes.units(), m, base + at.row + c, row, n, sizes.units());
    }

    /** Writes what a step leaves behind. */
    private void keep(Frame f, float[] m, int base, int block, int t) {
        int n = sizes.rows(block);
        int units = sizes.units();
        int steps = sizes.steps();
        int first = sizes.first(block) * steps + t;
        if (op.keeping()) {
            int row = sizes.row();
            elementwise.copyRows(
                    m, base + at.row, row, f.array(rows), rows.offset() + first * row, steps * row, n, row);
            int all = sizes.planes();
            for (int i = 0; i < op.cell().planes(); i++) {
                int to = planes.offset() + first * all + i * units;
                int from = base + at.planes + i * n * units;
                elementwise.copyRows(m, from, units, f.array(planes), to, steps * all, n, units);
            }
        }
        if (op.whole()) {
            int to = y.offset() + first * units;
            elementwise.copyRows(m, base + at.h, units, f.array(y), to, steps * units, n, units);
        } else if (t == steps - 1) {
            int to = y.offset() + sizes.first(block) * units;
            elementwise.copyRows(m, base + at.h, units, f.array(y), to, units, n, units);
        }
    }
}
