package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent network: from step to step, {@code hₜ = cell(xₜ·W + hₜ₋₁·U + b)} with {@code h₀ = 0} in front of the first.
 *
 * <p>Inputs: sequences {@code [N, T, C]}, weights {@code [C, G·K]}, recurrent weights {@code [K, G·K]} and a bias {@code
 * [G·K]} for a cell of G gates, and a recurrent bias {@code [K]} if the cell keeps the state's part of its last gate
 * apart. Output: the states after all steps, {@code [N, T, K]}, or after the last, {@code [N, K]}. For the gradient two
 * more: what steps start from, {@code [xₜ, hₜ₋₁]} as {@code [N, T, C + K]}, and the cell's planes after them.
 *
 * <p>One task takes a block of samples through all steps. Memory is two rows per sample and step in training, and none
 * besides the result otherwise, however long sequences are.
 *
 * @param cell what a step does with its sums
 * @param whole whether all states are the result; else the last one is
 * @param keeping whether there are the further outputs, which the gradient takes
 */
public record Recurrence(Cell cell, boolean whole, boolean keeping) implements Op {
    @Override
    public String name() {
        return cell.name();
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        RecurrentSizes sizes = RecurrentSizes.checked(cell, inputs);
        int n = sizes.samples();
        int steps = sizes.steps();
        Shape y = whole ? Shape.of(n, steps, sizes.units()) : Shape.of(n, sizes.units());
        return keeping ? List.of(y, Shape.of(n, steps, sizes.row()), Shape.of(n, steps, sizes.planes())) : List.of(y);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        List<DoubleTensor> outputs = new ArrayList<>();
        for (Shape shape : infer(inputs.stream().map(DoubleTensor::shape).toList())) {
            outputs.add(DoubleTensor.zeros(shape));
        }
        RecurrentLoops loops = new RecurrentLoops(this, inputs);
        for (int sample = 0; sample < loops.sizes().samples(); sample++) {
            loops.run(sample, outputs);
        }
        return outputs;
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Node kept = keeping ? node : g.addNode(new Recurrence(cell, whole, true), node.inputs());
        RecurrentSizes sizes =
                RecurrentSizes.of(cell, node.input(0).shape(), node.input(2).shape());
        Value rows = kept.outputs().get(1);
        Value planes = kept.outputs().get(2);
        Value dz = g.add(new RecurrenceGradient(cell, whole), dy, node.input(2), rows, planes);
        return new RecurrentGradients(g, sizes).of(node, rows, dz);
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return RecurrentSizes.of(cell, inputs.get(0), inputs.get(2)).flops();
    }

    @Override
    public Step lower(Lowering lowering) {
        return new RecurrentForward(lowering, this).step();
    }
}
