package dev.halfwave.op;

import dev.halfwave.tensor.DoubleTensor;
import java.util.List;

/**
 * The definition of a {@link Recurrence}, sample by sample in double precision.
 *
 * @param op the recurrence
 * @param sizes its sizes
 * @param inputs its inputs
 */
record RecurrentLoops(Recurrence op, RecurrentSizes sizes, List<DoubleTensor> inputs) {
    RecurrentLoops(Recurrence op, List<DoubleTensor> inputs) {
        this(
                op,
                RecurrentSizes.of(
                        op.cell(), inputs.get(0).shape(), inputs.get(2).shape()),
                inputs);
    }

    /** Takes one sample through all steps. */
    void run(int sample, List<DoubleTensor> outputs) {
        double[] h = new double[sizes.units()];
        double[] planes = new double[sizes.planes()];
        for (int t = 0; t < sizes.steps(); t++) {
            int at = sample * sizes.steps() + t;
            double[] row = row(at, h);
            sum(row, planes);
            op.cell().step(planes, h);
            if (op.whole() || t == sizes.steps() - 1) {
                put(h, outputs.get(0), op.whole() ? at : sample);
            }
            if (op.keeping()) {
                put(row, outputs.get(1), at);
                put(planes, outputs.get(2), at);
            }
        }
    }

    private static void put(double[] values, DoubleTensor into, int row) {
        System.arraycopy(values, 0, into.data(), row * values.length, values.length);
    }

    private double[] row(int at, double[] h) {
        double[] row = new double[sizes.row()];
        System.arraycopy(inputs.get(0).data(), at * sizes.channels(), row, 0, sizes.channels());
        System.arraycopy(h, 0, row, sizes.channels(), h.length);
        return row;
    }

    private void sum(double[] row, double[] sums) {
        int gates = sizes.gates();
        System.arraycopy(inputs.get(3).data(), 0, sums, 0, gates);
        if (op.cell().keepsApart()) {
            System.arraycopy(inputs.get(4).data(), 0, sums, gates, sizes.units());
        }
        for (int i = 0; i < row.length; i++) {
            boolean state = i >= sizes.channels();
            double[] weights = inputs.get(state ? 2 : 1).data();
            int from = (state ? i - sizes.channels() : i) * gates;
            for (int j = 0; j < gates; j++) {
                sums[state ? op.cell().column(j, sizes.units()) : j] += row[i] * weights[from + j];
            }
        }
    }
}
