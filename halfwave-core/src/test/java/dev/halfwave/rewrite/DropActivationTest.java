package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Providers;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.PRelu;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropActivationTest {
    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value image = g.input("x", Shape.of(2, 5, 5, 3));

    private Value conv(Value x, String w, String units) {
        Window window = new Window(3, 1, 1, 1, 1);
        Shape filters = Shape.of(3, 3, x.shape().size(-1), units.length());
        Value z = g.add(new Conv2d(window, window, 1), x, Law.parameter(g, w, filters));
        return g.add(new BiasAdd(), z, g.constant(Proof.bias(units)));
    }

    private Value relu(Value z) {
        return g.add(new Activate(new Relu()), z);
    }

    private Graph specialised(Value y, Proof proof) {
        return Law.rewritten(g, y, Rules.specialised(proof, Providers.active()).toArray(Rewrite[]::new));
    }

    private static Activation activation(Node node) {
        return Activated.by(node.output()).orElseThrow();
    }

    @Test
    void whatIsAlwaysOnIsLinear() {
        Graph after = specialised(relu(conv(image, "w", "111")), Proof.of("relu", "111"));
        assertThat(activation(after.output("y").producer())).isEqualTo(new Identity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"11?", "?0?", "000", "1111"})
    void whatIsNotKnownOfAllUnitsStays(String units) {
        Graph after = specialised(relu(conv(image, "w", units.substring(0, 3))), Proof.of("relu", units));
        assertThat(activation(after.output("y").producer())).isEqualTo(new Relu());
    }

    @Test
    void deadUnitsGoWithTheActivationOfTheOthers() {
        Graph after = specialised(conv(relu(conv(image, "w", "1010")), "v", "??"), Proof.of("relu", "1010"));
        assertThat(after.nodes().stream()
                        .filter(node -> node.op() instanceof Conv2d)
                        .map(DropActivationTest::activation))
                .containsExactly(new Identity(), new Identity());
        assertThat(Proof.channels(after.output("y").producer().input(0))).isEqualTo(2);
    }

    @Test
    void deadUnitsThatAreReadHaveNoWeights() {
        Graph after = specialised(relu(conv(image, "w", "1010")), Proof.of("relu", "1010"));
        Node y = after.output("y").producer();
        assertThat(activation(y)).isEqualTo(new Identity());
        assertThat(Law.perImage(after)).isEqualTo(1);
    }

    @Test
    void aResidualIsNoWeight() {
        Value sum = g.add(new Add(), conv(image, "w", "101"), image);
        Graph after = specialised(relu(sum), Proof.of("relu", "101"));
        assertThat(activation(after.output("y").producer())).isEqualTo(new Relu());
    }

    @Test
    void anActivationBehindAResidualGoesToo() {
        Value sum = g.add(new Add(), conv(image, "w", "111"), image);
        Graph after = specialised(relu(sum), Proof.of("relu", "111"));
        assertThat(activation(after.output("y").producer())).isEqualTo(new Identity());
    }

    @Test
    void leakyAndLearntSlopesGoToo() {
        Value leaky = g.add(new Activate(new LeakyRelu(0.1)), conv(image, "w", "11"));
        Value learnt = g.add(new PRelu(), conv(leaky, "v", "11"), Law.parameter(g, "slope", Shape.of(2)));
        g.output("y", learnt);
        Graph after = new Rewriter(
                        Rules.specialised(new Proof(Map.of("leaky_relu", "11", "prelu", "11")), Providers.active()))
                .apply(g.build());
        assertThat(Law.count(after, PRelu.class) + Law.count(after, Activate.class))
                .isZero();
        assertThat(Law.perImage(after)).isEqualTo(2);
    }

    @Test
    void aRectifierThatIsOnBetweenDenseLayersLetsThemMerge() {
        Value rows = g.input("rows", Shape.of(3, 4));
        Value z = g.add(
                new BiasAdd(),
                g.add(new MatMul(false, false), rows, Law.parameter(g, "w", Shape.of(4, 5))),
                g.constant(Proof.bias("10111")));
        Value y = g.add(new MatMul(false, false), relu(z), Law.parameter(g, "v", Shape.of(5, 3)));
        Graph after = specialised(y, Proof.of("relu", "10111"));
        assertThat(Law.perImage(after)).isEqualTo(1);
        assertThat(after.output("y").producer().input(1).shape()).isEqualTo(Shape.of(4, 3));
    }
}
