package dev.halfwave.op;

import dev.halfwave.graph.Frame;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ChannelKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link BatchNorm}, through the statistics as well.
 *
 * <p>With σ = √(variance + ε) and m rows: {@code dβ = Σ dy}, {@code dγ = Σ dy · (x − mean) / σ}, {@code dx = γ/σ · (dy
 * − dβ/m − (x − mean)/σ · dγ/m)}. Inputs: dy and x {@code [..., C]}, then gamma, mean and variance {@code [C]};
 * outputs: dx
 * {@code [..., C]}, dgamma and dbeta {@code [C]}.
 *
 * @param epsilon as in the normalisation
 */
public record BatchNormGradient(double epsilon) implements Op {

    /** @throws IllegalArgumentException if epsilon is not a positive number */
    public BatchNormGradient {
        Normalization.check(epsilon);
    }

    @Override
    public String name() {
        return "batch_norm_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return Normalization.gradients(inputs);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        List<DoubleTensor> frozen = new FrozenBatchNormGradient(epsilon).evaluate(inputs, randomKey);
        double[] dx = frozen.get(0).data();
        double[] dgamma = frozen.get(1).data();
        double[] dbeta = frozen.get(2).data();
        double[] x = inputs.get(1).data();
        int c = dgamma.length;
        double m = (double) x.length / c;
        for (int i = 0; i < x.length; i++) {
            double inverse = new Normalization(epsilon).inverse(inputs.get(4).data()[i % c]);
            double normal = (x[i] - inputs.get(3).data()[i % c]) * inverse;
            double gamma = inputs.get(2).data()[i % c];
            dx[i] -= gamma * inverse * (dbeta[i % c] + normal * dgamma[i % c]) / m;
        }
        return frozen;
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value ddx) {
        throw Op.noGradient(node);
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 8L * outputs.get(0).elements(); // dβ 1, dγ 3, dx 4
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot dy = lowering.input(0);
        Slot x = lowering.input(1);
        Slot dx = lowering.output(0);
        int c = lowering.inputShape(2).elements();
        Slot p = lowering.scratch(c);
        Slot q = lowering.scratch(c);
        Slot t = lowering.scratch(c);
        ChannelKernels kernels = lowering.kernels().channels();
        return Step.sequence(
                new Normalization(epsilon).parameterGradients(lowering),
                coefficients(lowering, p, q, t, c),
                Grain.rows(
                        lowering.inputShape(0).rows(),
                        c,
                        (f, from, to) -> kernels.blend(
                                f.array(dy),
                                dy.offset() + from * c,
                                f.array(x),
                                x.offset() + from * c,
                                f.array(p),
                                p.offset(),
                                f.array(q),
                                q.offset(),
                                f.array(t),
                                t.offset(),
                                f.array(dx),
                                dx.offset() + from * c,
                                to - from,
                                c)));
    }

    /** The gradient as {@code p·dy + q·x + t}: p = γ/σ, q = −p·dγ/(σ·m), t = −p·dβ/m − q·mean. */
    private Step coefficients(Lowering lowering, Slot p, Slot q, Slot t, int c) {
        Slot gamma = lowering.input(2);
        Slot mean = lowering.input(3);
        Slot variance = lowering.input(4);
        Slot dgamma = lowering.output(1);
        Slot dbeta = lowering.output(2);
        double m = lowering.inputShape(0).rows();
        return f -> {
            for (int j = 0; j < c; j++) {
                double inverse = new Normalization(epsilon).inverse(at(f, variance, j));
                double pj = at(f, gamma, j) * inverse;
                double qj = -pj * inverse * at(f, dgamma, j) / m;
                f.array(p)[p.offset() + j] = (float) pj;
                f.array(q)[q.offset() + j] = (float) qj;
                f.array(t)[t.offset() + j] = (float) (-pj * at(f, dbeta, j) / m - qj * at(f, mean, j));
            }
        };
    }

    private static double at(Frame f, Slot slot, int j) {
        return f.array(slot)[slot.offset() + j];
    }

    @Override
    public boolean inPlace(int input) {
        return input == 0;
    }
}
