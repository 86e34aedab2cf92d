package dev.halfwave.op;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The product of two matrices, either of them transposed if so wished, optionally with bias and activation.
 *
 * <p>{@code y[m,n] = f(b[n] + Σ op(a)[m,k] · op(b)[k,n])}. Inputs: a {@code [M, K]}, b {@code [K, N]} (the other way
 * round where transposed), and a bias {@code [N]} if there is one; output {@code [M, N]}.
 *
 * @param transposeA whether a is stored as {@code [K, M]}
 * @param transposeB whether b is stored as {@code [N, K]}
 * @param activation f; identity unless a rewrite rule fused one in
 */
public record MatMul(boolean transposeA, boolean transposeB, Activation activation) implements Op {

    /** A product without activation. */
    public MatMul(boolean transposeA, boolean transposeB) {
        this(transposeA, transposeB, new Identity());
    }

    @Override
    public String name() {
        return "matmul";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 3);
        Shape a = inputs.get(0);
        Shape b = inputs.get(1);
        Expect.rank("a matrix", a, 2, "[M, K]");
        Expect.rank("a matrix", b, 2, "[K, N]");
        int n = columns(b);
        int k = a.size(transposeA ? 0 : 1);
        if (k != b.size(transposeB ? 1 : 0)) {
            throw new IllegalArgumentException("expected factors that share an axis, received " + a
                    + (transposeA ? " transposed" : "") + " and " + b + (transposeB ? " transposed" : ""));
        }
        if (inputs.size() == 3) {
            Expect.shape("a bias", inputs.get(2), Shape.of(n));
        }
        return List.of(Shape.of(rows(a), n));
    }

    private int rows(Shape a) {
        return a.size(transposeA ? 1 : 0);
    }

    private int columns(Shape b) {
        return b.size(transposeB ? 0 : 1);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        double[] a = inputs.get(0).data();
        double[] b = inputs.get(1).data();
        int m = rows(inputs.get(0).shape());
        int n = columns(inputs.get(1).shape());
        int depth = inputs.get(0).shape().size(transposeA ? 0 : 1);
        DoubleTensor y = DoubleTensor.zeros(Shape.of(m, n));
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = inputs.size() == 3 ? inputs.get(2).data()[j] : 0;
                for (int k = 0; k < depth; k++) {
                    sum += a[transposeA ? k * m + i : i * depth + k] * b[transposeB ? j * depth + k : k * n + j];
                }
                y.data()[i * n + j] = activation.at(sum);
            }
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value a = node.input(0);
        Value b = node.input(1);
        Value dz = ActivateGradient.through(g, node, activation, dy);
        Value da =
                transposeA ? g.add(new MatMul(transposeB, true), b, dz) : g.add(new MatMul(false, !transposeB), dz, b);
        Value db =
                transposeB ? g.add(new MatMul(true, transposeA), dz, a) : g.add(new MatMul(!transposeA, false), a, dz);
        if (node.inputs().size() == 2) {
            return Arrays.asList(da, db);
        }
        return Arrays.asList(da, db, g.add(new ChannelSum(), dz));
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 2L * outputs.get(0).elements() * inputs.get(0).size(transposeA ? 0 : 1);
    }

    @Override
    public Step lower(Lowering lowering) {
        Shape a = lowering.inputShape(0);
        boolean bias = lowering.inputCount() == 3;
        int n = columns(lowering.inputShape(1));
        int k = a.size(transposeA ? 0 : 1);
        return Bilinear.lower(
                lowering,
                lowering.kernels().matMul().product(rows(a), n, k, transposeA, transposeB, bias, activation),
                bias);
    }
}
