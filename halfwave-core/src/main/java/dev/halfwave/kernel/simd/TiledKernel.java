package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;

import dev.halfwave.kernel.StatisticsKernel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A product in tiles.
 *
 * <p>A task does a run of tiles by a run of panels. If there are too few of them, or all together are smaller than what
 * they are made from, the summed axis is divided as well: parts are summed in scratch, and a second phase adds them up
 * in order.
 */
final class TiledKernel implements StatisticsTaker {
    /** Floats added up that are worth a task. */
    private static final int TASK_FLOATS = 1 << 16;

    private static final int MOST_TASKS = 64;

    private final Product product;
    private final Epilogue epilogue;
    private final Division division;
    private final @Nullable TileStatistics statistics;
    private final TileLoop loop;

    /** An array: a list would allocate an iterator per task. */
    private final Packing[] packings;

    private final int rows;
    private final int partFloats;
    private final int addTasks;

    TiledKernel(Product product, Epilogue epilogue) {
        this(product, epilogue, product.divide(), null);
    }

    private TiledKernel(Product product, Epilogue epilogue, Division division, @Nullable TileStatistics statistics) {
        this.product = product;
        this.epilogue = epilogue;
        this.division = division;
        this.statistics = statistics;
        packings = product.packings().toArray(Packing[]::new);
        loop = new TileLoop(product, division, epilogue, statistics);
        rows = product.rows();
        partFloats = division.parts() == 1 ? 0 : Math.multiplyExact(rows, product.rowFloats()) + 15 & ~15;
        long added = (long) partFloats * division.parts();
        addTasks = (int) Math.max(1, Math.min(Math.min(MOST_TASKS, rows), added / TASK_FLOATS));
    }

    /** Parts of the summed axis are added up elsewhere, and whole rows must be one or several copies of the channels. */
    @Override
    public Optional<StatisticsKernel> takingStatistics(int copies) {
        if (division.parts() > 1 || product.order() != Product.Order.STRIPS || copies > 1 && division.panelRuns() > 1) {
            return Optional.empty();
        }
        TileStatistics taken = new TileStatistics(product, division, copies);
        return Optional.of(new TakingKernel(new TiledKernel(product, epilogue, division, taken), taken::merge));
    }

    @Override
    public String algorithm() {
        return "tiles";
    }

    @Override
    public int packedFloats() {
        int floats = 0;
        for (Packing packing : packings) {
            floats = Math.addExact(floats, packing.floats());
        }
        return floats;
    }

    @Override
    public int packTasks() {
        int tasks = 0;
        for (Packing packing : packings) {
            tasks += packing.tasks();
        }
        return tasks;
    }

    @Override
    public void pack(float[] b, int bo, float[] packed, int po, int task) {
        int to = po;
        int left = task;
        for (Packing packing : packings) {
            if (left < packing.tasks()) {
                packing.pack(b, bo, packed, to, left);
                return;
            }
            left -= packing.tasks();
            to += packing.floats();
        }
    }

    @Override
    public int scratchFloats() {
        int ragged = product.columns() % COUNT == 0 ? 0 : division.tasks() * TileLoop.SCRATCH_FLOATS;
        return Math.addExact(statisticsFloats() + Math.multiplyExact(partFloats, division.parts()), ragged);
    }

    /** They come first in the scratch area. */
    private int statisticsFloats() {
        return statistics == null ? 0 : statistics.floats();
    }

    @Override
    public int phases() {
        return division.parts() == 1 ? 1 : 2;
    }

    @Override
    public int tasks(int phase) {
        return phase == 0 ? division.tasks() : addTasks;
    }

    @Override
    public void run(
            int phase,
            int task,
            float[] a,
            int ao,
            float[] packed,
            int po,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so) {
        int tileRoom = so + statisticsFloats() + partFloats * division.parts() + task * TileLoop.SCRATCH_FLOATS;
        if (phase == 1) {
            addUp(task, bias, biasO, out, oo, scratch, so);
        } else if (division.parts() == 1) {
            loop.run(task, a, ao, packed, po, bias, biasO, out, oo, scratch, tileRoom, so);
        } else {
            int part = so + division.part(task) * partFloats;
            loop.run(task, a, ao, packed, po, bias, biasO, scratch, part, scratch, tileRoom, so);
        }
    }

    private void addUp(int task, float[] bias, int biasO, float[] out, int oo, float[] scratch, int so) {
        int width = product.rowFloats();
        int first = (int) ((long) rows * task / addTasks) * width;
        int end = (int) ((long) rows * (task + 1) / addTasks) * width;
        if (!epilogue.isOnto()) {
            System.arraycopy(scratch, so + first, out, oo + first, end - first);
        }
        for (int part = epilogue.isOnto() ? 0 : 1; part < division.parts(); part++) {
            Epilogue.add(out, oo + first, scratch, so + part * partFloats + first, end - first);
        }
        for (int row = first; row < end; row += width) {
            epilogue.finish(out, oo + row, bias, biasO, width);
        }
    }
}
