package dev.halfwave.op;

import dev.halfwave.activation.Formula;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.PointwiseKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;

/** What functions of every element share, whether they are activations or not: y = f(x) and dx = dy · f′. */
final class Pointwise {
    private Pointwise() {}

    /** y = f(x), by definition. */
    static List<DoubleTensor> value(Formula f, DoubleTensor x) {
        DoubleTensor y = DoubleTensor.zeros(x.shape());
        for (int i = 0; i < y.data().length; i++) {
            y.data()[i] = f.at(x.data()[i], Double.NaN);
        }
        return List.of(y);
    }

    /** y = f(x), by a kernel. */
    static Step value(Lowering lowering, PointwiseKernels.Value kernel) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        return Grain.elements(
                lowering.outputShape(0).elements(),
                (f, from, to) -> kernel.apply(f.array(x), x.offset() + from, f.array(y), y.offset() + from, to - from));
    }

    /** The shape of dx, given those of dy and of the x or y that f′ is a formula of. */
    static List<Shape> gradientShape(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        Expect.shape("a gradient", inputs.get(0), inputs.get(1));
        return List.of(inputs.get(0));
    }

    /** dx = dy · f′(v), by definition. */
    static List<DoubleTensor> gradient(Formula derivative, List<DoubleTensor> inputs) {
        double[] dy = inputs.get(0).data();
        double[] v = inputs.get(1).data();
        DoubleTensor dx = DoubleTensor.zeros(inputs.get(0).shape());
        for (int i = 0; i < dy.length; i++) {
            dx.data()[i] = dy[i] * derivative.at(v[i], v[i]);
        }
        return List.of(dx);
    }

    /** dx = dy · f′(v), by a kernel. */
    static Step gradient(Lowering lowering, PointwiseKernels.Gradient kernel) {
        Slot dy = lowering.input(0);
        Slot v = lowering.input(1);
        Slot dx = lowering.output(0);
        return Grain.elements(
                lowering.outputShape(0).elements(),
                (f, from, to) -> kernel.apply(
                        f.array(dy),
                        dy.offset() + from,
                        f.array(v),
                        v.offset() + from,
                        f.array(dx),
                        dx.offset() + from,
                        to - from));
    }
}
