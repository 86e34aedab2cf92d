package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Apply;
import dev.halfwave.op.ApplyGradient;
import dev.halfwave.op.ArgMax;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Dropout;
import dev.halfwave.op.Embed;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.PowerGradient;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Resample;
import dev.halfwave.op.ResidualConv2d;
import dev.halfwave.op.Scatter;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Take;
import dev.halfwave.op.Transpose;
import dev.halfwave.op.Where;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Taps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SinkTransposesTest {
    private static final Rewrite[] STANDARD = Rules.standard().toArray(Rewrite[]::new);

    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final ChannelsFirst net = new ChannelsFirst(g);
    private final Value image = g.input("x", Shape.of(2, 3, 8, 6));

    /** The transposes that are left to do for each image, without those that move nothing. */
    private static long transposes(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof Transpose order
                        && !node.isLasting()
                        && !order.isReshape(node.input(0).shape()))
                .count();
    }

    private Graph rewritten(Value y) {
        return Law.rewritten(g, y, STANDARD);
    }

    @Test
    void aPlainNetworkIsTransposedInFrontAlone() {
        Value a = net.maxPool(net.relu(net.norm(net.conv(image, 3, 4))));
        Value b = net.maxPool(net.relu(net.conv(a, 3, 5)));
        Graph after = rewritten(net.dense(b, 7));
        assertThat(transposes(after)).isEqualTo(1);
        assertThat(Law.count(after, Activate.class)).isZero();
        assertThat(Law.count(after, FrozenBatchNorm.class))
                .as("norms of parameters")
                .isEqualTo(2);
        assertThat(Law.perImage(after))
                .as("a transpose, 2 × conv and pool in one, reshape, product")
                .isEqualTo(5);
    }

    @Test
    void residualNetworksKeepTheirSumsInsideConvolutions() {
        Value x = net.relu(net.conv(image, 3, 4));
        for (int block = 0; block < 3; block++) {
            Value branch = net.conv(net.relu(net.conv(x, 3, 4)), 3, 4);
            x = net.relu(net.binary(BinaryFunction.ADD, block == 1 ? net.conv(x, 1, 4) : x, branch));
        }
        Graph after = rewritten(net.dense(net.globalMean(x), 7));
        assertThat(transposes(after)).isEqualTo(1);
        assertThat(Law.count(after, ResidualConv2d.class)).isEqualTo(3);
        assertThat(Law.count(after, Activate.class) + Law.count(after, Binary.class))
                .isZero();
    }

    @Test
    void preactivationsAreReadTwice() {
        Value x = net.conv(image, 3, 4);
        for (int block = 0; block < 3; block++) {
            x = net.binary(BinaryFunction.ADD, net.conv(net.relu(net.norm(x)), 3, 4), x);
        }
        assertThat(transposes(rewritten(net.globalMean(net.relu(x))))).isEqualTo(1);
    }

    /** Of one channel every transpose moves nothing, so that an op could sink through either operand's. */
    @Test
    void imagesOfOneChannelDoNotSinkToAndFro() {
        Value gray = g.input("gray", Shape.of(2, 1, 8, 6));
        Value sum = net.binary(BinaryFunction.ADD, net.relu(gray), net.norm(gray));
        assertThat(transposes(rewritten(net.conv(net.relu(sum), 3, 4)))).isEqualTo(1);
    }

    @Test
    void denselyConnectedNetworksConcatenateChannelsLast() {
        Value x = net.conv(image, 3, 4);
        for (int block = 0; block < 3; block++) {
            x = g.add(new Concat(1), x, net.conv(net.relu(x), 3, 2));
        }
        Graph after = rewritten(net.dense(net.maxPool(x), 7));
        assertThat(transposes(after)).isEqualTo(1);
        assertThat(after.nodes().stream().filter(node -> node.op() instanceof Concat))
                .hasSize(3)
                .allMatch(node -> node.op().equals(new Concat(3)));
    }

    @Test
    void channelsAreScaledByWhatTheirMeansSay() {
        Value x = net.conv(image, 3, 4);
        Value swish = net.binary(BinaryFunction.MULTIPLY, x, g.add(new Activate(new Sigmoid()), x));
        Value squeezed = net.relu(net.conv(net.globalMean(swish), 1, 2));
        Value excited = g.add(new Activate(new Sigmoid()), net.conv(squeezed, 1, 4));
        Value y = net.conv(net.binary(BinaryFunction.MULTIPLY, swish, excited), 1, 5);
        Graph after = rewritten(net.globalMean(y));
        assertThat(transposes(after)).isEqualTo(1);
        assertThat(Law.count(after, Activate.class))
                .as("sigmoid of what is read twice")
                .isEqualTo(1);
    }

    @Test
    void parametersAndNumbersAreTransposedInstead() {
        Value bias = net.parameter(Shape.of(4, 1, 1));
        Value y = net.binary(BinaryFunction.ADD, net.conv(image, 3, 4), bias);
        Value doubled = net.binary(BinaryFunction.MULTIPLY, g.input("two", Shape.of()), y);
        Graph after = rewritten(net.globalMean(net.conv(doubled, 1, 3)));
        assertThat(transposes(after)).isEqualTo(1);
        assertThat(Law.count(after, BiasAdd.class)).as("goes into the bias").isZero();
    }

    @Test
    void deepNetworksTakeNoMorePassesThanShallowOnes() {
        assertThat(passes(24)).isEqualTo(passes(6)).isLessThan(6);
    }

    /** How often the input is looked at while a network of residual blocks is rewritten. */
    private static int passes(int blocks) {
        GraphBuilder h = new GraphBuilder(Mode.INFERENCE);
        ChannelsFirst deep = new ChannelsFirst(h);
        Value x = h.input("x", Shape.of(1, 4, 2, 2));
        for (int block = 0; block < blocks; block++) {
            Value branch = deep.norm(deep.conv(deep.relu(deep.norm(deep.conv(x, 1, 4))), 1, 4));
            x = deep.relu(deep.binary(BinaryFunction.ADD, x, branch));
        }
        h.output("y", deep.globalMean(x));
        Counting counting = new Counting(new AtomicInteger());
        new Rewriter(Stream.concat(Stream.of(counting), Rules.standard().stream())
                        .toList())
                .apply(h.build());
        return counting.inputs().get();
    }

    /** A rule that never fits, and counts how often it was asked about an input. */
    private record Counting(AtomicInteger inputs) implements Rewrite {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String law() {
            return "f(x) = f(x)";
        }

        @Override
        public Optional<Value> apply(Site site) {
            if (site.op() instanceof Source.Input) {
                inputs.incrementAndGet();
            }
            return Optional.empty();
        }
    }

    @Test
    void axesAreCarriedAlong() {
        Value x = net.first(net.last(net.conv(image, 3, 4)));
        Value cut = g.add(new Embed(-2, 1, 9), g.add(new Slice(1, 1, 2), x));
        Value chosen = g.add(new Where(), g.add(new Binary(BinaryFunction.GREATER), cut, cut), cut, x2(cut));
        g.output("arg", g.add(new ArgMax(1, false, false, false), net.first(net.last(chosen))));
        g.output("max", g.add(new Reduce(Reduction.MAX, List.of(-1), false), chosen));
        Graph after = rewritten(g.add(new Reduce(Reduction.SUM, List.of(1, 3), true), chosen));
        assertThat(after.output("y").producer().op()).isInstanceOf(Transpose.class);
        assertThat(after.output("arg").producer().op())
                .as("[N, H, W] in order without a transpose")
                .isEqualTo(new ArgMax(3, false, false, false));
        assertThat(transposes(after))
                .as("in front and behind max; behind the sum it moves nothing")
                .isEqualTo(2);
    }

    @Test
    void sizesAreChangedChannelsLast() {
        Value x = net.conv(image, 3, 4);
        Value rows = g.add(new Take(-1, Indices.of(0, 0, 1, 1, 5, 5)), g.add(new Take(2, Indices.of(7, 2)), x));
        Value mixed = g.add(new Resample(1, Taps.of(4, Indices.of(3, 0, 3))), rows);
        Value back = g.add(new Scatter(-2, Indices.of(1, 1), 3), mixed);
        Graph after = rewritten(net.globalMean(net.conv(g.add(Apply.of(Function.ABS), back), 1, 2)));
        assertThat(transposes(after)).isEqualTo(1);
        assertThat(after.nodes()).extracting(node -> node.op().name()).contains("take", "resample", "scatter", "abs");
    }

    @Test
    void gradientsOfFunctionsAreElementByElement() {
        Value x = net.conv(image, 3, 4);
        Value y = g.add(Apply.of(Function.EXP), x);
        Value dx = g.add(new ApplyGradient("exp", Formula.y()), x2(y), y);
        Value db = g.add(new PowerGradient(), x2(dx), g.input("base", Shape.of()), y);
        Graph after = rewritten(net.conv(g.add(new Activate(new Sigmoid()), dx), 1, 2));
        assertThat(transposes(after)).isEqualTo(2);
        g.output("db", net.last(db));
        assertThat(transposes(new Rewriter(Rules.standard()).apply(g.build()))).isEqualTo(2);
    }

    private Value x2(Value x) {
        return net.binary(BinaryFunction.ADD, x, x);
    }

    @Test
    void whatMixesOrdersOrAddsTransposesStays() {
        Value first = net.first(g.input("a", Shape.of(2, 5, 5, 5)));
        Value other = g.add(Transpose.of(0, 1, 3, 2), g.input("b", Shape.of(2, 5, 5, 5)));
        assertThat(transposes(rewritten(net.binary(BinaryFunction.MULTIPLY, first, other))))
                .isEqualTo(2);
        GraphBuilder h = new GraphBuilder(Mode.INFERENCE);
        Value t = h.add(ChannelsFirst.TO_FIRST, h.input("x", Shape.of(2, 4, 4, 3)));
        h.output("t", t);
        Value relu = h.add(new Activate(new Relu()), t);
        assertThat(transposes(Law.rewritten(h, relu, STANDARD))).isEqualTo(1);
    }

    @Test
    void dropoutStaysWhereItsMaskWasMeant() {
        Value y = g.add(new Dropout(0.5, 3), net.first(g.input("a", Shape.of(2, 5, 4, 3))));
        Graph after = rewritten(y);
        assertThat(after.output("y").producer().op()).isEqualTo(new Dropout(0.5, 3));
    }

    @Test
    void gradientsLoseTheirTransposesToo() {
        Value x = net.relu(net.conv(image, 3, 4));
        x = net.relu(net.binary(BinaryFunction.ADD, x, net.conv(net.relu(net.conv(x, 3, 4)), 3, 4)));
        x = net.maxPool(g.add(new Concat(1), x, net.conv(x, 1, 2)));
        Value logits = net.dense(net.globalMean(x), 5);
        g.output(
                "loss",
                g.add(
                        new Reduce(Reduction.SUM, List.of(0, 1), false),
                        net.binary(BinaryFunction.MULTIPLY, logits, logits)));
        Graph before = Differentiate.withParameterGradients(g.build(), "loss");
        Graph after = new Rewriter(Rules.standard()).apply(before);
        Map<String, DoubleTensor> sources = new HashMap<>();
        SplittableRandom random = new SplittableRandom(5);
        before.inputs().forEach(input -> sources.put(input.key(), Law.random(input.shape(), random)));
        before.parameters().forEach(p -> sources.put(p.key(), Law.random(p.shape(), random)));
        Interpreter first = new Interpreter(before, sources, 0);
        Interpreter second = new Interpreter(after, sources, 0);
        assertThat(before.results().keySet())
                .filteredOn(Result.Gradient.class::isInstance)
                .hasSize(9);
        before.results()
                .forEach((result, value) -> assertThat(
                                second.get(after.results().get(result)).data())
                        .as("%s", result)
                        .containsExactly(first.get(value).data(), Offset.offset(1e-10)));
        assertThat(transposes(before)).isGreaterThan(15);
        assertThat(transposes(after))
                .as("in front, and of the gradient that is the same for all pixels")
                .isEqualTo(2);
    }

    @Test
    void theOpsThatAreLeftAreNamedAsBefore() {
        Graph after = rewritten(net.globalMean(net.relu(net.conv(image, 3, 4))));
        assertThat(after.find("relu"))
                .hasValueSatisfying(node -> assertThat(node.op()).isInstanceOf(Conv2d.class));
    }
}
