package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermuteRowsTest {
    private static final Rewrite[] STANDARD = Rules.standard().toArray(Rewrite[]::new);

    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value x = g.input("x", Shape.of(2, 3, 4, 5));

    private Value flat(Transpose order) {
        return g.add(new Reshape(Shape.of(2, 60)), g.add(order, x));
    }

    private static long transposed(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof Transpose && !node.isLasting())
                .count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theWeightsAreTransposedOnce(boolean transposeB) {
        for (Transpose order : new Transpose[] {ChannelsFirst.TO_FIRST, Transpose.of(0, 3, 2, 1)}) {
            GraphBuilder h = new GraphBuilder(Mode.INFERENCE);
            Value image = h.input("x", Shape.of(2, 3, 4, 5));
            Value w = Law.parameter(h, "w", transposeB ? Shape.of(7, 60) : Shape.of(60, 7));
            Value b = Law.parameter(h, "b", Shape.of(7));
            Value rows = h.add(new Reshape(Shape.of(2, 60)), h.add(order, image));
            Graph after = Law.rewritten(h, h.add(new MatMul(false, transposeB), rows, w, b), STANDARD);
            assertThat(transposed(after)).as("%s", order).isZero();
            assertThat(Law.perImage(after)).as("reshape and product").isEqualTo(2);
        }
    }

    @Test
    void whatIsReadElsewhereStays() {
        Value rows = flat(ChannelsFirst.TO_FIRST);
        g.output("rows", rows);
        Value w = Law.parameter(g, "w", Shape.of(60, 7));
        Graph after = Law.rewritten(g, g.add(new MatMul(false, false), rows, w), STANDARD);
        assertThat(after.nodes()).hasSize(5);
    }

    @Test
    void fedWeightsAndTransposedBatchesStay() {
        Value fed = g.add(new MatMul(false, false), flat(ChannelsFirst.TO_FIRST), g.input("fed", Shape.of(60, 7)));
        g.output("fed", fed);
        Value w = Law.parameter(g, "w", Shape.of(60, 7));
        Graph after = Law.rewritten(g, g.add(new MatMul(false, false), flat(Transpose.of(1, 0, 2, 3)), w), STANDARD);
        assertThat(transposed(after)).isEqualTo(2);
    }
}
