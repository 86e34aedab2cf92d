package dev.halfwave.op;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product for each index of the leading axes, either factor transposed if so wished.
 *
 * <p>{@code y[…,m,n] = Σ op(a)[…,m,k] · op(b)[…,k,n]}. Inputs: a {@code [B…, M, K]} and b {@code [B…, K, N]} (the last
 * two the other way round where transposed), whose leading axes, one or more, are the same; output {@code [B…, M, N]}.
 * Each product is summed as in {@link MatMul}.
 *
 * @param transposeA whether a is stored as {@code [B…, K, M]}
 * @param transposeB whether b is stored as {@code [B…, N, K]}
 */
public record BatchedMatMul(boolean transposeA, boolean transposeB) implements Op {
    @Override
    public String name() {
        return "batched_matmul";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        Shape a = inputs.get(0);
        Shape b = inputs.get(1);
        boolean batched = a.rank() >= 3 && a.rank() == b.rank();
        for (int axis = 0; batched && axis < a.rank() - 2; axis++) {
            batched = a.size(axis) == b.size(axis);
        }
        if (!batched) {
            throw new IllegalArgumentException(
                    "expected factors [B…, M, K] and [B…, K, N] with the same leading axes, one or more, received " + a
                            + " and " + b);
        }
        if (depth(a) != b.size(transposeB ? -1 : -2)) {
            throw new IllegalArgumentException("expected factors that share an axis, received " + a
                    + (transposeA ? " transposed" : "") + " and " + b + (transposeB ? " transposed" : ""));
        }
        return List.of(a.with(-2, rows(a)).with(-1, columns(b)));
    }

    private int rows(Shape a) {
        return a.size(transposeA ? -1 : -2);
    }

    private int depth(Shape a) {
        return a.size(transposeA ? -2 : -1);
    }

    private int columns(Shape b) {
        return b.size(transposeB ? -2 : -1);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        Shape a = inputs.get(0).shape();
        Shape b = inputs.get(1).shape();
        DoubleTensor y = DoubleTensor.zeros(infer(List.of(a, b)).get(0));
        int out = rows(a) * columns(b);
        MatMul product = new MatMul(transposeA, transposeB);
        for (int batch = 0; batch < a.product(0, a.rank() - 2); batch++) {
            List<DoubleTensor> factors = new ArrayList<>();
            for (DoubleTensor input : inputs) {
                factors.add(matrix(input, batch));
            }
            double[] result = product.evaluate(factors, randomKey).get(0).data();
            System.arraycopy(result, 0, y.data(), batch * out, out);
        }
        return List.of(y);
    }

    private static DoubleTensor matrix(DoubleTensor tensor, int batch) {
        Shape shape = Shape.of(tensor.shape().size(-2), tensor.shape().size(-1));
        int from = batch * shape.elements();
        return new DoubleTensor(shape, Arrays.copyOfRange(tensor.data(), from, from + shape.elements()));
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value a = node.input(0);
        Value b = node.input(1);
        Value da = transposeA
                ? g.add(new BatchedMatMul(transposeB, true), b, dy)
                : g.add(new BatchedMatMul(false, !transposeB), dy, b);
        Value db = transposeB
                ? g.add(new BatchedMatMul(true, transposeA), dy, a)
                : g.add(new BatchedMatMul(!transposeA, false), a, dy);
        return Arrays.asList(da, db);
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 2L * outputs.get(0).elements() * depth(inputs.get(0));
    }

    @Override
    public Step lower(Lowering lowering) {
        Shape a = lowering.inputShape(0);
        Shape b = lowering.inputShape(1);
        int m = rows(a);
        int n = columns(b);
        int k = depth(a);
        int batches = a.product(0, a.rank() - 2);
        return new BilinearBatch(
                        lowering.kernels().matMul().product(m, n, k, transposeA, transposeB, false, new Identity()),
                        new BilinearBatch.Sizes(batches, m * k, k * n, m * n),
                        2L * m * n * k)
                .lower(lowering);
    }
}
