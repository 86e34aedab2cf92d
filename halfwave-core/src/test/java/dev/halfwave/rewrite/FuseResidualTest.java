package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Relu6;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Networks;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.PooledConv2d;
import dev.halfwave.op.ResidualConv2d;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuseResidualTest {
    private static final Rewrite[] STANDARD = Rules.standard().toArray(Rewrite[]::new);

    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value image = g.input("x", Shape.of(2, 5, 4, 3));

    private Value conv(Value x, String name) {
        Window window = new Window(3, 1, 1, 1, 1);
        return g.add(new Conv2d(window, window, 1), x, Law.parameter(g, name, Shape.of(3, 3, 3, 3)));
    }

    private Value relu(Value x) {
        return g.add(new Activate(new Relu()), x);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void biasSumAndActivationGoIntoTheConvolution(boolean shortcutFirst) {
        Value z = g.add(new BiasAdd(), conv(image, "w"), Law.parameter(g, "b", Shape.of(3)));
        Value sum = shortcutFirst ? g.add(new Add(), image, z) : g.add(new Add(), z, image);
        Graph after = Law.rewritten(g, relu(sum), STANDARD);
        assertThat(Law.perImage(after)).isEqualTo(1);
        assertThat(after.output("y").producer().op())
                .isInstanceOfSatisfying(
                        ResidualConv2d.class,
                        conv -> assertThat(conv.activation()).isEqualTo(new Relu()));
    }

    @Test
    void ofTwoConvolutionsOneTakesTheOther() {
        Graph after = Law.rewritten(g, relu(g.add(new Add(), conv(image, "v"), conv(image, "w"))), STANDARD);
        assertThat(Law.count(after, ResidualConv2d.class)).isEqualTo(1);
        assertThat(Law.count(after, Conv2d.class)).isEqualTo(1);
        assertThat(Law.perImage(after)).isEqualTo(2);
    }

    @Test
    void aConvolutionThatIsActivatedOrReadElsewhereStays() {
        Value z = conv(image, "v");
        g.output("z", z);
        Value sum = g.add(new Add(), z, relu(conv(image, "w")));
        Graph after = Law.rewritten(g, sum, STANDARD);
        assertThat(Law.count(after, ResidualConv2d.class)).isZero();
        assertThat(Law.count(after, Add.class)).isEqualTo(1);
    }

    @Test
    void aConvolutionMayAddToItsOwnInput() {
        Value a = relu(image);
        Graph after = Law.rewritten(g, g.add(new Add(), conv(a, "w"), a), STANDARD);
        assertThat(Law.perImage(after)).isEqualTo(2);
    }

    /**
     * Convolutions, the max pool, the mean with its reshape, the readout: nothing else is left of a residual network.
     */
    @Test
    void nothingButConvolutionsIsLeftOfResidualNetworks() {
        Graph before =
                Networks.of("resnet-18", Shape.of(64, 64, 3), 10, new Relu()).graph(1, Mode.INFERENCE);
        Graph after = new Rewriter(Rules.standard()).apply(before);
        assertThat(Law.count(after, ResidualConv2d.class)).isEqualTo(8);
        assertThat(Law.count(after, PooledConv2d.class)).isEqualTo(1);
        assertThat(Law.count(after, Conv2d.class)).isEqualTo(11);
        assertThat(Law.perImage(after)).isEqualTo(20 + 3);
        assertThat(Law.perImage(before)).isEqualTo(70);

        Graph mobile = new Rewriter(Rules.standard())
                .apply(Networks.of("mobilenet-v2", Shape.of(64, 64, 3), 10, new Relu6())
                        .graph(1, Mode.INFERENCE));
        assertThat(Law.count(mobile, ResidualConv2d.class)).isEqualTo(10);
        assertThat(Law.perImage(mobile)).isEqualTo(52 + 3);
        assertThat(mobile.nodes())
                .filteredOn(node -> node.op() instanceof FrozenBatchNorm)
                .allMatch(node -> node.isLasting());
    }
}
