package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BatchedMatMul;

/**
 * Runs two branches on the same input and multiplies the matrices that they compute for each sample: {@code [N, M, K]} and
 * {@code [N, K, P]} to {@code [N, M, P]}. Attention is made of two of these.
 *
 * <pre>{@code
 * Layer scores = new MatMul(Conv1d.of(16, 1), Conv1d.of(16, 1), true);
 * Layer attention = new MatMul(Sequential.of(scores, new Softmax()), Conv1d.of(32, 1), false);
 * }</pre>
 *
 * @param left the branch of the left factors
 * @param right the branch of the right ones
 * @param transposed whether the right branch gives {@code [N, P, K]} instead
 */
public record MatMul(Layer left, Layer right, boolean transposed) implements Layer {
    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("mat_mul")) {
            return g.add(new BatchedMatMul(false, transposed), left.apply(g, x), right.apply(g, x));
        }
    }
}
