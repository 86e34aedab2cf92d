package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Providers;
import dev.halfwave.op.Activate;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeProductsTest {
    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);

    private Graph specialised(Value y, Proof proof) {
        return Law.rewritten(g, y, Rules.specialised(proof, Providers.active()).toArray(Rewrite[]::new));
    }

    @Test
    void denseLayersThatMeetAreOne() {
        for (boolean transposed : List.of(false, true)) {
            for (int biases = 0; biases < 4; biases++) {
                GraphBuilder rows = new GraphBuilder(Mode.INFERENCE);
                Value z = dense(rows, rows.input("rows", Shape.of(3, 9)), 4, "w", false, biases % 2 == 1);
                Value y = dense(rows, z, 6, "v", transposed, biases / 2 == 1);
                Graph after = Law.rewritten(
                        rows,
                        rows.add(new Activate(new Relu()), y),
                        Rules.specialised(new Proof(Map.of()), Providers.active())
                                .toArray(Rewrite[]::new));
                assertThat(Law.perImage(after)).as("biases %d", biases).isEqualTo(1);
                Node merged = after.output("y").producer();
                assertThat(Activated.by(merged.output())).contains(new Relu());
            }
        }
    }

    private static Value dense(GraphBuilder g, Value x, int units, String w, boolean transposed, boolean bias) {
        int c = x.shape().size(1);
        Value weights = Law.parameter(g, w, transposed ? Shape.of(units, c) : Shape.of(c, units));
        Value z = g.add(new MatMul(false, transposed), x, weights);
        return bias ? g.add(new BiasAdd(), z, Law.parameter(g, w + "_bias", Shape.of(units))) : z;
    }

    @Test
    void aBottleneckStays() {
        Value rows = g.input("rows", Shape.of(3, 9));
        Value y = dense(g, dense(g, rows, 3, "w", false, true), 8, "v", false, true);
        assertThat(Law.perImage(specialised(y, new Proof(Map.of())))).isEqualTo(2);
    }

    @Test
    void aHiddenLayerThatIsReadIsNotMerged() {
        Value hidden = dense(g, g.input("rows", Shape.of(3, 4)), 9, "w", false, true);
        g.output("hidden", hidden);
        assertThat(Law.perImage(specialised(dense(g, hidden, 4, "v", false, true), new Proof(Map.of()))))
                .isEqualTo(2);
    }

    @Test
    void anActivationBetweenThemKeepsThemApart() {
        Value rows = g.input("rows", Shape.of(3, 4));
        Value hidden = g.add(new Activate(new Relu()), dense(g, rows, 9, "w", false, true));
        assertThat(Law.perImage(specialised(dense(g, hidden, 4, "v", false, true), new Proof(Map.of()))))
                .isEqualTo(2);
    }
}
