package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Providers;
import dev.halfwave.op.Activate;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Embed;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Scatter;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Softmax;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Deleting units, with the rules that carry the gaps to the weights of what follows. */
class DeleteUnitsTest {
    private static final String UNITS = "?0??0";
    private static final Proof PROOF = Proof.of("relu", UNITS);

    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value image = g.input("x", Shape.of(2, 6, 5, 3));
    private final Value dead = unit(image, "w", new Relu(), UNITS);

    private Value conv(Value x, String w, int filters, int padding) {
        Window window = new Window(3, 1, 1, padding, padding);
        return g.add(
                new Conv2d(window, window, 1),
                x,
                Law.parameter(g, w, Shape.of(3, 3, x.shape().size(-1), filters)));
    }

    private Value unit(Value x, String w, Activation f, String units) {
        Value z = g.add(new BiasAdd(), conv(x, w, units.length(), 1), g.constant(Proof.bias(units)));
        return g.add(new Activate(f), z);
    }

    private Value dense(Value rows, boolean transposed) {
        int c = rows.shape().size(1);
        return g.add(
                new MatMul(false, transposed),
                rows,
                Law.parameter(g, "dense", transposed ? Shape.of(4, c) : Shape.of(c, 4)));
    }

    private Value flat(Value x) {
        return g.add(new Reshape(Shape.of(2, x.shape().elements() / 2)), x);
    }

    private Graph specialised(Value y, Proof proof) {
        return Law.rewritten(g, y, Rules.specialised(proof, Providers.active()).toArray(Rewrite[]::new));
    }

    /** The channels that nodes compute for every image, one after another. */
    private static List<Integer> channels(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> !node.isLasting() && !node.inputs().isEmpty())
                .map(node -> Proof.channels(node.output()))
                .toList();
    }

    @Test
    void theNextConvolutionReadsFewerChannels() {
        Graph after = specialised(conv(dead, "v", 7, 1), PROOF);
        assertThat(channels(after)).containsExactly(3, 7);
        Node last = after.output("y").producer();
        assertThat(last.input(1).shape()).isEqualTo(Shape.of(3, 3, 3, 7));
        assertThat(Law.perImage(after)).isEqualTo(2);
    }

    @Test
    void withoutAProofNothingGoes() {
        assertThat(channels(specialised(conv(dead, "v", 7, 1), new Proof(Map.of()))))
                .containsExactly(5, 7);
        assertThat(channels(specialised(conv(dead, "v", 7, 1), Proof.of("relu", "?00"))))
                .as("a proof about a layer of another size")
                .containsExactly(5, 7);
    }

    @Test
    void aLayerThatIsDeadKeepsOneUnit() {
        Value nothing = unit(image, "u", new Relu(), "0000");
        Graph after = specialised(conv(nothing, "v", 2, 0), Proof.of("relu_2", "0000"));
        assertThat(channels(after)).containsExactly(1, 2);
    }

    @Test
    void columnsOfDenseLayersGoAndRowsOfTheNext() {
        for (boolean transposed : List.of(false, true)) {
            GraphBuilder rows = new GraphBuilder(Mode.INFERENCE);
            Shape shape = transposed ? Shape.of(5, 6) : Shape.of(6, 5);
            Value z = rows.add(
                    new MatMul(false, transposed), rows.input("rows", Shape.of(3, 6)), Law.parameter(rows, "w", shape));
            Value hidden =
                    rows.add(new Activate(new Relu()), rows.add(new BiasAdd(), z, rows.constant(Proof.bias(UNITS))));
            Shape next = transposed ? Shape.of(2, 5) : Shape.of(5, 2);
            Value y = rows.add(new MatMul(false, transposed), hidden, Law.parameter(rows, "v", next));
            Graph after = Law.rewritten(
                    rows, y, Rules.specialised(PROOF, Providers.active()).toArray(Rewrite[]::new));
            assertThat(channels(after)).as("transposed: %s", transposed).containsExactly(3, 2);
        }
    }

    static final List<Op> BETWEEN = List.of(
            new MaxPool2d(Window.of(2, 2), new Window(3, 1, 1, 1, 1)),
            new AvgPool2d(new Window(2, 2, 1, 1, 0), Window.of(2, 1), true),
            new Embed(1, 2, 9),
            new Slice(2, 1, 3),
            new Activate(new Relu()),
            new Reduce(Reduction.MAX, List.of(1), true),
            new Reduce(Reduction.MEAN, List.of(-2), true));

    @ParameterizedTest
    @FieldSource("BETWEEN")
    void gapsPass(Op op) {
        Proof proof = new Proof(Map.of("relu", UNITS, "max_pool2d", UNITS)); // what a pool is fused into has its name
        Graph after = specialised(dense(flat(g.add(op, dead)), true), proof);
        assertThat(Law.count(after, Scatter.class)).isZero();
        assertThat(channels(after).get(0)).isEqualTo(3);
        Shape weights = after.output("y").producer().input(1).shape();
        assertThat(weights.size(1) * 5)
                .isEqualTo(after.parameters().stream()
                                .filter(parameter -> parameter.key().equals("dense"))
                                .mapToInt(parameter -> parameter.shape().size(1))
                                .sum()
                        * 3);
    }

    @Test
    void aGlobalPoolLeavesRows() {
        Value mean = g.add(new Reduce(Reduction.MEAN, List.of(1, 2), false), dead);
        assertThat(channels(specialised(dense(mean, false), PROOF))).containsExactly(3, 3, 4);
    }

    @Test
    void branchesAreConcatenatedWithoutTheirDeadUnits() {
        Value second = unit(image, "u", new Sigmoid(), "?11");
        Value third = unit(dead, "t", new Relu(), "0?");
        Value all = g.add(new Concat(-1), dead, second, third);
        Graph after = specialised(conv(all, "v", 6, 1), new Proof(Map.of("relu", UNITS, "relu_2", "0?")));
        assertThat(Law.count(after, Scatter.class)).isZero();
        assertThat(channels(after)).containsExactlyInAnyOrder(3, 3, 1, 7, 6);
        assertThat(after.output("y").producer().input(1).shape()).isEqualTo(Shape.of(3, 3, 7, 6));
    }

    @Test
    void severalReadersAllReadFewerChannels() {
        Value a = conv(dead, "a", 4, 1);
        Value b = conv(g.add(new MaxPool2d(Window.of(3, 1), new Window(3, 1, 1, 1, 1)), dead), "b", 4, 0);
        g.output("b", b);
        assertThat(channels(specialised(a, PROOF))).containsExactlyInAnyOrder(3, 4, 3, 4);
    }

    @Test
    void unitsThatSomethingElseReadsStay() {
        Value y = conv(dead, "v", 7, 1);
        g.output("units", dead);
        assertThat(channels(specialised(y, PROOF))).containsExactly(5, 7);
    }

    @Test
    void aSoftmaxIsNotPassed() {
        Value y = conv(g.add(new Softmax(), dead), "v", 2, 1);
        assertThat(channels(specialised(y, PROOF))).containsExactly(5, 5, 2);
    }

    @Test
    void anActivationThatMakesSomethingOfZeroIsNotPassed() {
        Value y = conv(g.add(new Activate(new Sigmoid()), dead), "v", 2, 1);
        assertThat(channels(specialised(y, PROOF))).containsExactly(5, 5, 2);
    }

    @Test
    void windowsOverNothingAreNotPassed() {
        Window far = new Window(1, 1, 1, 2, 0);
        g.output("y", conv(g.add(new MaxPool2d(far, Window.of(1, 1)), dead), "v", 2, 0)); // −∞ among its channels
        Graph after = new Rewriter(Rules.specialised(PROOF, Providers.active())).apply(g.build());
        assertThat(channels(after)).containsExactly(5, 5, 2);
    }

    @Test
    void groupsStay() {
        Value y = g.add(
                new Conv2d(Window.of(3, 1), Window.of(3, 1), 5),
                dead,
                Law.parameter(g, "depthwise", Shape.of(3, 3, 1, 5)));
        assertThat(channels(specialised(y, PROOF))).containsExactly(5, 5);
    }

    @Test
    void weightsThatAreFedInStay() {
        Window one = Window.of(1, 1);
        Value y = g.add(new Conv2d(one, one, 1), dead, g.input("filters", Shape.of(1, 1, 5, 2)));
        assertThat(channels(specialised(y, PROOF))).containsExactly(5, 2);
    }

    @Test
    void whatIsLeftKnowsItsRules() {
        g.output("y", conv(g.add(new AvgPool2d(Window.of(2, 2), Window.of(2, 2), false), dead), "v", 7, 1));
        Rewritten after = new Rewriter(Rules.specialised(PROOF, Providers.active())).rewrite(g.build());
        Node last = after.graph().output("y").producer();
        assertThat(after.rules(last)).contains("skip-zeros");
        assertThat(after.rules(last.input(0).producer())).contains("sink-scatter");
        assertThat(after.rules(last.input(0).producer().input(0).producer())).contains("delete-units");
        assertThat(((Conv2d) last.op()).activation()).isEqualTo(new Identity());
    }

    @Test
    void everyRuleStatesItsLaw() {
        assertThat(Rules.specialised(PROOF, Providers.active()))
                .hasSizeGreaterThan(Rules.standard().size())
                .allSatisfy(rule -> assertThat(rule.law()).contains("="));
    }
}
