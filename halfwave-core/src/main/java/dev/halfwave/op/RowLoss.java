package dev.halfwave.op;

import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;

/** What the losses over rows of logits share: their shapes, and the mean over the batch. */
final class RowLoss {
    private RowLoss() {}

    /** That the inputs are logits {@code [N, K]} and labels {@code [N]}, with at least one row. */
    static List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        check(inputs);
        return List.of(Shape.of());
    }

    /** That the inputs are logits, labels and the loss's gradient. */
    static List<Shape> inferGradient(List<Shape> inputs) {
        Expect.inputs(inputs, 3, 3);
        check(inputs);
        Expect.shape("a loss gradient", inputs.get(2), Shape.of());
        return List.of(inputs.get(0));
    }

    private static void check(List<Shape> inputs) {
        Shape logits = inputs.get(0);
        Expect.rank("logits", logits, 2, "[N, K]");
        if (logits.elements() == 0) {
            throw new IllegalArgumentException("expected at least one row of logits, received " + logits);
        }
        Expect.shape("labels", inputs.get(1), Shape.of(logits.size(0)));
    }

    /** The mean of one number per row, which {@code row} computes from the logits' start and the label's position. */
    static List<DoubleTensor> mean(Shape logits, double[] labels, Row row) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            int from = i * logits.size(1);
            sum += row.loss(from, from + (int) labels[i]);
        }
        return List.of(new DoubleTensor(Shape.of(), new double[] {sum / labels.length}));
    }

    /** The step that lets a kernel compute one loss per row and takes their mean, in order and in double precision. */
    static Step lower(Lowering lowering, Kernel kernel) {
        Slot x = lowering.input(0);
        Slot labels = lowering.input(1);
        Slot out = lowering.output(0);
        int rows = lowering.inputShape(0).size(0);
        int n = lowering.inputShape(0).size(1);
        Slot losses = lowering.scratch(rows);
        return Step.sequence(
                Grain.rows(
                        rows,
                        n,
                        (f, from, to) -> kernel.losses(
                                f.array(x),
                                x.offset() + from * n,
                                f.array(labels),
                                labels.offset() + from,
                                f.array(losses),
                                losses.offset() + from,
                                to - from,
                                n)),
                f -> f.array(out)[out.offset()] = mean(f.array(losses), losses.offset(), rows));
    }

    private static float mean(float[] losses, int from, int rows) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += losses[from + i];
        }
        return (float) (sum / rows);
    }

    /** The step that lets a kernel compute the logits' gradient, scaled by the loss's over the number of rows. */
    static Step lowerGradient(Lowering lowering, GradientKernel kernel) {
        Slot x = lowering.input(0);
        Slot labels = lowering.input(1);
        Slot dloss = lowering.input(2);
        Slot dx = lowering.output(0);
        int rows = lowering.inputShape(0).size(0);
        int n = lowering.inputShape(0).size(1);
        return Grain.rows(
                rows,
                n,
                (f, from, to) -> kernel.gradients(
                        f.array(x),
                        x.offset() + from * n,
                        f.array(labels),
                        labels.offset() + from,
                        f.array(dloss)[dloss.offset()] / rows,
                        f.array(dx),
                        dx.offset() + from * n,
                        to - from,
                        n));
    }

    /** The definition of one row's loss. */
    @FunctionalInterface
    interface Row {
        /** The loss of the row whose logits start at {@code from}, with the true class's at {@code label}. */
        double loss(int from, int label);
    }

    /** One of the loss kernels. */
    @FunctionalInterface
    interface Kernel {
        /** Writes one loss per row. */
        void losses(float[] x, int xo, float[] labels, int lo, float[] loss, int losso, int rows, int n);
    }

    /** One of the loss gradients' kernels. */
    @FunctionalInterface
    interface GradientKernel {
        /** Writes the logits' gradient. */
        void gradients(float[] x, int xo, float[] labels, int lo, float scale, float[] dx, int dxo, int rows, int n);
    }
}
