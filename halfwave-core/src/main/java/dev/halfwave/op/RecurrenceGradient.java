package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a {@link Recurrence} by the sums of all its steps, backpropagated through time; those by weights,
 * biases and sequences are products with it.
 *
 * <p>Inputs: dy as the recurrence's output, recurrent weights {@code [K, G·K]}, and its further outputs, rows {@code [N,
 * T, C + K]} and planes {@code [N, T, P·K]}; output {@code [N, T, S·K]} for a cell of S sums.
 *
 * @param cell what a step does
 * @param whole whether dy holds all steps; else the last one
 * @see <a href="https://doi.org/10.1109/5.58337">Werbos 1990</a>
 */
public record RecurrenceGradient(Cell cell, boolean whole) implements Op {
    @Override
    public String name() {
        return cell.name() + "_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 4, 4);
        Shape rows = inputs.get(2);
        Expect.rank("rows", rows, 3, "[N, T, C + K]");
        int units = inputs.get(1).size(0);
        Expect.shape("recurrent weights", inputs.get(1), Shape.of(units, cell.gates() * units));
        Shape states = rows.with(2, units);
        Expect.shape("a gradient", inputs.get(0), whole ? states : Shape.of(rows.size(0), units));
        Expect.shape("planes", inputs.get(3), rows.with(2, cell.planes() * units));
        return List.of(rows.with(2, cell.sums() * units));
    }

    /** The sizes of the recurrence. */
    RecurrentSizes sizes(Shape recurrent, Shape rows) {
        int units = recurrent.size(0);
        return new RecurrentSizes(cell, rows.size(0), rows.size(1), rows.size(2) - units, units);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        RecurrentSizes sizes = sizes(inputs.get(1).shape(), inputs.get(2).shape());
        DoubleTensor dz = DoubleTensor.zeros(Shape.of(sizes.samples(), sizes.steps(), sizes.sums()));
        for (int sample = 0; sample < sizes.samples(); sample++) {
            evaluate(sizes, sample, inputs, dz);
        }
        return List.of(dz);
    }

    private void evaluate(RecurrentSizes sizes, int sample, List<DoubleTensor> inputs, DoubleTensor dz) {
        int k = sizes.units();
        double[] dh = new double[k];
        double[] dmemories = new double[cell.memories() * k];
        double[] dsums = new double[sizes.sums()];
        for (int t = sizes.steps() - 1; t >= 0; t--) {
            int at = sample * sizes.steps() + t;
            if (whole || t == sizes.steps() - 1) {
                add(part(inputs.get(0), whole ? at : sample, 0, k), dh);
            }
            double[] planes = part(inputs.get(3), at, 0, sizes.planes());
            double[] old =
                    t == 0 ? new double[dmemories.length] : part(inputs.get(3), at - 1, sizes.sums(), dmemories.length);
            double[] before = part(inputs.get(2), at, sizes.channels(), k);
            cell.gradient(planes, old, before, dh, dmemories, dsums);
            System.arraycopy(dsums, 0, dz.data(), at * dsums.length, dsums.length);
            back(inputs.get(1).data(), dsums, dh);
        }
    }

    /** So many numbers of one row of the last axis. */
    private static double[] part(DoubleTensor tensor, int row, int start, int size) {
        double[] part = new double[size];
        System.arraycopy(tensor.data(), row * tensor.shape().size(-1) + start, part, 0, size);
        return part;
    }

    private static void add(double[] values, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += values[i];
        }
    }

    /** What goes through the sums to the state before. */
    private void back(double[] recurrent, double[] dsums, double[] dh) {
        int width = recurrent.length / dh.length;
        for (int i = 0; i < recurrent.length; i++) {
            dh[i / width] += recurrent[i] * dsums[cell.column(i % width, dh.length)];
        }
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        throw Op.noGradient(node);
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 2L * outputs.get(0).elements() * inputs.get(1).size(0);
    }

    @Override
    public Step lower(Lowering lowering) {
        return new RecurrentBackward(lowering, this).step();
    }
}
