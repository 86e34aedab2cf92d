package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelTransposesTest {
    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value x = g.input("x", Shape.of(2, 3, 4, 5));

    private static List<String> ops(Graph graph) {
        return graph.nodes().stream().map(Node::op).map(op -> op.name()).toList();
    }

    @Test
    void twoTransposesAreOneOrNone() {
        Value once = g.add(Transpose.of(1, 0, 3, 2), x);
        g.output("twice", g.add(Transpose.of(1, 0, 3, 2), once));
        Graph after = Law.rewritten(g, g.add(Transpose.of(3, 0, 1, 2), once), new CancelTransposes());
        assertThat(after.output("twice").producer().name()).isEqualTo("x");
        assertThat(after.output("y").producer().op()).isEqualTo(Transpose.of(2, 1, 0, 3));
        assertThat(Law.count(after, Transpose.class)).isEqualTo(1);
    }

    @Test
    void whatMovesNothingVanishesOrIsAReshape() {
        g.output("same", g.add(Transpose.of(0, 1, 2, 3), x));
        Value grey = g.add(Transpose.of(0, 2, 3, 1), g.input("grey", Shape.of(2, 1, 4, 4)));
        assertThat(ops(Law.rewritten(g, grey, new CancelTransposes()))).containsExactly("input", "input", "reshape");
    }

    @Test
    void onlyTheLastReshapeCounts() {
        Value flat = g.add(new Reshape(Shape.of(120)), g.add(new Reshape(Shape.of(6, 20)), x));
        g.output("back", g.add(new Reshape(x.shape()), flat));
        Graph after = Law.rewritten(g, g.add(new Reshape(Shape.of(10, 12)), flat), new ReshapeOfReshape());
        assertThat(ops(after)).containsExactly("input", "reshape");
    }

    @Test
    void aTransposeThatMovesNothingIsAReshapeToAReshape() {
        Value means = g.add(new Activate(new Relu()), g.input("means", Shape.of(2, 1, 1, 5)));
        Value flat = g.add(new Reshape(Shape.of(2, 5)), g.add(Transpose.of(0, 3, 1, 2), means));
        assertThat(ops(Law.rewritten(g, flat, new ReshapeOfReshape())))
                .containsExactly("input", "input", "relu", "reshape");
    }

    @Test
    void greyImagesComeInAndGoOutWithoutATranspose() {
        Value grey = g.add(Transpose.of(0, 3, 1, 2), g.input("grey", Shape.of(2, 4, 4, 1)));
        g.output("grey", g.add(new Activate(new Relu()), g.add(Transpose.of(0, 2, 3, 1), grey)));
        Graph after =
                Law.rewritten(g, g.add(new Activate(new Relu()), x), new CancelTransposes(), new ReshapeOfReshape());
        assertThat(ops(after)).containsExactly("input", "input", "relu", "relu");
    }

    @Test
    void aBiasIsABiasForOneRowToo() {
        Binary add = new Binary(BinaryFunction.ADD);
        Value b = Law.parameter(g, "b", Shape.of(1, 5));
        Value row = g.input("row", Shape.of(1, 5));
        g.output("behind", g.add(add, row, b));
        g.output("front", g.add(add, b, row));
        Graph after = Law.rewritten(g, g.add(add, row, row), new PlainSum());
        assertThat(after.output("behind").producer().op().name()).isEqualTo("bias_add");
        assertThat(after.output("front").producer().op().name()).isEqualTo("bias_add");
        assertThat(after.output("y").producer().op()).isEqualTo(new Add());
    }

    @Test
    void sumsWithoutRepeatingAreKnownToOtherRules() {
        Binary add = new Binary(BinaryFunction.ADD);
        g.output("sum", g.add(add, x, x));
        g.output("bias", g.add(add, g.input("b", Shape.of(1, 5)), x));
        g.output("row", g.add(add, x, g.input("r", Shape.of(4, 1))));
        Graph after = Law.rewritten(g, g.add(add, x, g.input("c", Shape.of(5))), new PlainSum());
        assertThat(after.output("sum").producer().op()).isEqualTo(new Add());
        assertThat(after.output("bias").producer().op().name()).isEqualTo("bias_add");
        assertThat(after.output("y").producer().op().name()).isEqualTo("bias_add");
        assertThat(after.output("row").producer().op()).isEqualTo(add);
    }
}
