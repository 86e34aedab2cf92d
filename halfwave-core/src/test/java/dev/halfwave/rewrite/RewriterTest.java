package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Identity;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Tanh;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.RandomNetworks;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RewriterTest {
    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value image = g.input("x", Shape.of(2, 5, 5, 3));

    private Value conv(Value x, int filters) {
        Window window = Window.of(3, 1);
        Value w = g.input("w" + filters, Shape.of(3, 3, x.shape().size(3), filters));
        return g.add(new Conv2d(window, window, 1), x, w);
    }

    private Value bias(Value x) {
        return g.add(new BiasAdd(), x, g.input("b", Shape.of(x.shape().size(-1))));
    }

    private Graph rewritten(Value result, Rewrite... rules) {
        return Law.rewritten(g, result, rules);
    }

    @Test
    void biasAndActivationGoIntoTheConvolution() {
        Value y = g.add(new Activate(new Tanh()), bias(conv(image, 4)));
        Graph after = rewritten(y, new FuseBias(), new FuseActivation());
        assertThat(after.nodes()).hasSize(4); // three inputs and one convolution
        assertThat(after.output("y").producer().op())
                .isInstanceOfSatisfying(
                        Conv2d.class, conv -> assertThat(conv.activation()).isEqualTo(new Tanh()));
        assertThat(after.output("y").producer().name()).isEqualTo("tanh");
    }

    @Test
    void aSecondBiasIsAddedToTheFirst() {
        Graph after = rewritten(bias(bias(conv(image, 4))), new FuseBias());
        assertThat(Law.count(after, BiasAdd.class)).isZero();
        assertThat(Law.count(after, Add.class)).as("of two biases").isEqualTo(1);
    }

    @Test
    void biasAndActivationGoIntoTheProduct() {
        Value product = g.add(new MatMul(false, true), g.input("a", Shape.of(2, 3)), g.input("c", Shape.of(4, 3)));
        Graph after = rewritten(g.add(new Activate(new Relu()), bias(product)), new FuseBias(), new FuseActivation());
        assertThat(Law.count(after, MatMul.class)).isEqualTo(1);
        assertThat(Law.count(after, BiasAdd.class) + Law.count(after, Activate.class))
                .isZero();
    }

    @Test
    void theActivationGoesIntoTheSum() {
        Value sum = g.add(new Add(), image, g.input("shortcut", image.shape()));
        Graph after = rewritten(g.add(new Activate(new Relu()), sum), new FuseActivation());
        assertThat(after.nodes()).hasSize(3);
        assertThat(after.output("y").producer().op()).isEqualTo(new Add(new Relu()));
    }

    @Test
    void aValueThatSomeoneElseReadsIsNotFusedAway() {
        Value z = bias(conv(image, 4));
        g.output("z", z);
        Graph after = rewritten(g.add(new Activate(new Relu()), z), new FuseBias(), new FuseActivation());
        assertThat(Law.count(after, Activate.class)).isEqualTo(1);
        assertThat(Law.count(after, BiasAdd.class)).isZero();
    }

    @Test
    void aSecondRectificationVanishes() {
        Value once = g.add(new Activate(new Relu()), image);
        Value thrice = g.add(new Activate(new Relu()), g.add(new Activate(new Relu()), once));
        assertThat(Law.count(rewritten(thrice, new IdempotentActivation()), Activate.class))
                .isEqualTo(1);
    }

    @Test
    void rectifyingWhatCannotBeNegativeVanishes() {
        Value y = g.add(new Activate(new Relu()), g.add(new Activate(new Sigmoid()), image));
        assertThat(Law.count(rewritten(y, new IdempotentActivation()), Activate.class))
                .isEqualTo(1);
        Graph after = new RewriterTest().tanhStays();
        assertThat(Law.count(after, Activate.class)).isEqualTo(2);
    }

    private Graph tanhStays() {
        return rewritten(
                g.add(new Activate(new Relu()), g.add(new Activate(new Tanh()), image)), new IdempotentActivation());
    }

    @Test
    void doubledRectificationBehindAConvolutionFusesOnce() {
        Value y = g.add(new Activate(new Relu()), g.add(new Activate(new Relu()), bias(conv(image, 2))));
        Graph after = rewritten(y, Rules.standard().toArray(Rewrite[]::new));
        assertThat(after.nodes()).hasSize(4);
    }

    @Test
    void randomNetworksStayEqualAndGetSmaller() {
        int saved = 0;
        for (long seed = 0; seed < 80; seed++) {
            Network network = RandomNetworks.of(seed);
            Graph before = network.graph(2, Mode.INFERENCE);
            Graph after = new Rewriter(Rules.standard()).apply(before);
            Law.assertSame(before, after, seed);
            saved += before.nodes().size() - after.nodes().size();
        }
        assertThat(saved).as("nodes saved in 80 networks").isGreaterThan(300);
    }

    @Test
    void whatIsMadeKnowsTheRulesThatMadeIt() {
        Value z = bias(conv(image, 4));
        Value once = g.add(new Activate(new Relu()), z);
        Value thrice = g.add(new Activate(new Relu()), g.add(new Activate(new Relu()), once));
        g.output("y", g.add(new MatMul(false, false), g.input("a", Shape.of(2, 3)), g.input("c", Shape.of(3, 4))));
        g.output("z", thrice);
        Rewritten after = new Rewriter(Rules.standard()).rewrite(g.build());
        assertThat(after.rules(after.graph().output("z").producer()))
                .containsExactlyInAnyOrder("fuse-bias", "fuse-activation", "idempotent-activation");
        assertThat(after.rules(after.graph().output("y").producer())).isEmpty();
        assertThat(after.rules(image.producer())).isEmpty();
    }

    @Test
    void whatIsMadeOnTheWayKnowsItsRuleToo() {
        Value gamma = Law.parameter(g, "gamma", Shape.of(3));
        Value w = Law.parameter(g, "w", Shape.of(1, 1, 3, 3));
        Value z = g.add(new Conv2d(Window.of(1, 1), Window.of(1, 1), 1), image, w);
        g.output("y", g.add(new FrozenBatchNorm(1e-3), z, gamma, gamma, gamma, gamma));
        Rewritten after = new Rewriter(Rules.standard()).rewrite(g.build());
        assertThat(after.graph().nodes().stream()
                        .filter(node -> node.op() instanceof FrozenBatchNorm)
                        .map(after::rules))
                .hasSize(2)
                .containsOnly(List.of("fold-batch-norm"));
    }

    @Test
    void whatNoRuleTouchesIsTheSameNode() {
        Value kept = g.add(new Activate(new Tanh()), image);
        g.output("kept", kept);
        Graph after = rewritten(
                g.add(new Activate(new Relu()), bias(conv(kept, 4))),
                Rules.standard().toArray(Rewrite[]::new));
        assertThat(after.output("kept")).isSameAs(kept);
        assertThat(after.readers(kept)).containsExactly(after.output("y").producer());
        assertThat(after.uses(kept)).as("read by a node and as a result").isEqualTo(2);
    }

    @Test
    void aValueFoundTwiceInOnePassIsNotAbsorbedTwice() {
        Value z = conv(image, 4);
        Value once = g.add(new Activate(new Identity()), z);
        g.output("a", g.add(new Activate(new Relu()), g.add(new Activate(new Identity()), once)));
        Graph after = rewritten(
                g.add(new Activate(new Tanh()), g.add(new Activate(new Identity()), once)),
                Rules.standard().toArray(Rewrite[]::new));
        assertThat(Law.count(after, Conv2d.class)).isEqualTo(1);
        assertThat(Law.count(after, Activate.class)).isEqualTo(2);
    }

    @Test
    void rulesThatUndoEachOtherAreReported() {
        Rewrite forever = new Rewrite() {
            @Override
            public String name() {
                return "forever";
            }

            @Override
            public String law() {
                return "f(x) = f(x)";
            }

            @Override
            public Optional<Value> apply(Site site) {
                return site.op() instanceof Activate
                        ? Optional.of(site.replace(site.op(), site.inputs()))
                        : Optional.empty();
            }
        };
        g.output("y", g.add(new Activate(new Relu()), image));
        Graph graph = g.build();
        assertThatThrownBy(() -> new Rewriter(List.of(forever)).apply(graph))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "rewrite: expected the rules to end within 1000 passes, received [forever]; two of them undo"
                                + " each other");
    }

    @Test
    void everyRuleStatesItsLaw() {
        assertThat(Rules.standard()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(Rules.standard()).allSatisfy(rule -> assertThat(rule.law()).contains("="));
    }
}
