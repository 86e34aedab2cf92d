package dev.halfwave.op;

import static dev.halfwave.op.BlockProduct.aligned;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Frame;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.ElementwiseKernels;
import java.util.Arrays;

/** The kernels of a {@link RecurrenceGradient}: the steps of {@link RecurrentForward} in reverse, block by block. */
final class RecurrentBackward {
    private final RecurrenceGradient op;
    private final RecurrentSizes sizes;
    private final ElementwiseKernels elementwise;
    private final Cell.Steps cell;
    private final BlockProduct product;
    private final Step preparation;
    private final Slot dy;
    private final Slot rows;
    private final Slot planes;
    private final Slot dz;
    private final Slot room;
    private final Places at;

    RecurrentBackward(Lowering lowering, RecurrenceGradient op) {
        this.op = op;
        sizes = op.sizes(lowering.inputShape(1), lowering.inputShape(2));
        elementwise = lowering.kernels().elementwise();
        cell = op.cell().steps(lowering.kernels());
        dy = lowering.input(0);
        rows = lowering.input(2);
        planes = lowering.input(3);
        dz = lowering.output(0);
        Slot weights = lowering.scratch(Math.multiplyExact(sizes.units(), sizes.sums()));
        product = new BlockProduct(
                lowering,
                sizes,
                weights,
                r -> lowering.kernels()
                        .matMul()
                        .product(r, sizes.units(), sizes.sums(), false, true, false, new Identity()));
        preparation = Step.sequence(new Stacked(sizes, elementwise).state(lowering.input(1), weights), product.pack());
        at = Places.of(sizes, product.scratchFloats());
        room = lowering.scratch(Math.multiplyExact(at.end, sizes.blocks()));
    }

    /**
     * Where things stand in a block's memory.
     *
     * @param cell what the cell reads and writes
     * @param dz its gradients by the sums, side by side
     */
    private record Places(Cell.Places cell, int dz, int scratch, int end) {
        static Places of(RecurrentSizes sizes, int scratch) {
            int plane = Math.multiplyExact(sizes.full(), sizes.units());
            int memories = aligned(plane * sizes.cell().memories());
            int old = aligned(plane * sizes.cell().planes());
            int before = old + memories;
            int dh = before + aligned(plane);
            int dmemories = dh + aligned(plane);
            int dsums = dmemories + memories;
            int dz = dsums + aligned(plane * sizes.cell().sums());
            int spare = dz + aligned(plane * sizes.cell().sums());
            int room = spare + aligned(plane);
            Cell.Places cell = new Cell.Places(0, old, before, dh, dmemories, dsums, spare);
            return new Places(cell, dz, room, aligned(room + scratch));
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
        int n = sizes.rows(block) * sizes.units();
        int dh = base + at.cell.dh();
        Arrays.fill(m, dh, dh + n, 0);
        Arrays.fill(
                m,
                base + at.cell.dmemories(),
                base + at.cell.dmemories() + n * op.cell().memories(),
                0);
        for (int t = sizes.steps() - 1; t >= 0; t--) {
            addGradient(f, m, base, block, t);
            load(f, m, base, block, t);
            cell.gradient(m, base, at.cell(), n);
            store(f, m, base, block, t);
            if (t > 0) {
                product.run(f, sizes.rows(block), m, base + at.dz, dz, base + at.cell.spare(), base + at.scratch);
                elementwise.add(m, dh, m, base + at.cell.spare(), m, dh, n);
            }
        }
    }

    /** Adds what comes from the result of a step. */
    private void addGradient(Frame f, float[] m, int base, int block, int t) {
        boolean last = t == sizes.steps() - 1;
        if (!op.whole() && !last) {
            return;
        }
        int units = sizes.units();
        int steps = op.whole() ? sizes.steps() : 1;
        int from = dy.offset() + (sizes.first(block) * steps + (op.whole() ? t : 0)) * units;
        int n = sizes.rows(block);
        elementwise.copyRows(f.array(dy), from, steps * units, m, base + at.cell.spare(), units, n, units);
        elementwise.add(m, base + at.cell.dh(), m, base + at.cell.spare(), m, base + at.cell.dh(), n * units);
    }

    /** Reads what the step left behind, the memories that it started from, and the state. */
    private void load(Frame f, float[] m, int base, int block, int t) {
        int all = sizes.planes();
        int first = sizes.first(block) * sizes.steps() + t;
        int sums = op.cell().sums();
        int memories = op.cell().memories();
        planes(
                f,
                m,
                base + at.cell.planes(),
                planes.offset() + first * all,
                op.cell().planes(),
                block);
        if (t > 0) {
            int from = planes.offset() + (first - 1) * all + sums * sizes.units();
            planes(f, m, base + at.cell.old(), from, memories, block);
        } else {
            Arrays.fill(
                    m, base + at.cell.old(), base + at.cell.old() + memories * sizes.rows(block) * sizes.units(), 0);
        }
        int row = sizes.row();
        int from = rows.offset() + first * row + sizes.channels();
        int units = sizes.units();
        elementwise.copyRows(
                f.array(rows), from, sizes.steps() * row, m, base + at.cell.before(), units, sizes.rows(block), units);
    }

    private void planes(Frame f, float[] m, int to, int from, int count, int block) {
        int units = sizes.units();
        int n = sizes.rows(block);
        for (int i = 0; i < count; i++) {
            elementwise.copyRows(
                    f.array(planes),
                    from + i * units,
                    sizes.steps() * sizes.planes(),
                    m,
                    to + i * n * units,
                    units,
                    n,
                    units);
        }
    }

    /** Puts the gradients by the sums side by side, for the product and as a result. */
    private void store(Frame f, float[] m, int base, int block, int t) {
        int units = sizes.units();
        int width = sizes.sums();
        int n = sizes.rows(block);
        for (int i = 0; i < op.cell().sums(); i++) {
            int from = base + at.cell.dsums() + i * n * units;
            elementwise.copyRows(m, from, units, m, base + at.dz + i * units, width, n, units);
        }
        int to = dz.offset() + (sizes.first(block) * sizes.steps() + t) * width;
        elementwise.copyRows(m, base + at.dz, width, f.array(dz), to, sizes.steps() * width, n, width);
    }
}
