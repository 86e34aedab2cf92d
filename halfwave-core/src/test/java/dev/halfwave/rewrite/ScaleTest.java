package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Relu6;
import dev.halfwave.activation.Softplus;
import dev.halfwave.activation.Tanh;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.PRelu;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Softmax;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.tensor.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scales that move, and end in weights. */
class ScaleTest {
    private static final Rewrite[] STANDARD = Rules.standard().toArray(Rewrite[]::new);

    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value image = g.input("x", Shape.of(2, 6, 6, 3));
    private final Tensor perChannel = Tensor.of(Shape.of(3), 0.5f, 2, 3);

    private Value times(Value x, Value factor) {
        return g.add(new Binary(BinaryFunction.MULTIPLY), x, factor);
    }

    private Value times(Value x, Tensor factor) {
        return times(x, g.constant(factor));
    }

    private Value twice(Value x) {
        return times(x, Tensor.full(Shape.of(), 2));
    }

    private Value f(Activation f, Value x) {
        return g.add(new Activate(f), x);
    }

    private Value conv(Value x, String w, int padding) {
        Window window = new Window(3, 1, 1, padding, padding);
        return g.add(
                new Conv2d(window, window, 1),
                x,
                Law.parameter(g, w, Shape.of(3, 3, x.shape().size(3), 4)));
    }

    private Value dense(Value x, boolean transposed) {
        Value rows = g.add(new Reshape(Shape.of(2, x.shape().elements() / 2)), x);
        int c = rows.shape().size(1);
        return g.add(
                new MatMul(false, transposed),
                rows,
                Law.parameter(g, "dense", transposed ? Shape.of(5, c) : Shape.of(c, 5)));
    }

    private Graph rewritten(Value y) {
        return Law.rewritten(g, y, STANDARD);
    }

    /** Products, quotients of two that are left for each image. */
    private static long scales(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof Binary && !node.isLasting())
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aScaleInFrontGoesIntoFilters(int padding) {
        Value negative = times(image, Tensor.of(Shape.of(1, 1, 1, 3), 1, -2, 0));
        Graph after = rewritten(conv(negative, "w", padding));
        assertThat(Law.perImage(after)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = BinaryFunction.class,
            names = {"MULTIPLY", "DIVIDE"})
    void soDoProductsAndQuotientsByOneNumber(BinaryFunction function) {
        Value scaled = g.add(new Binary(function), image, g.constant(Tensor.full(Shape.of(1, 1), 255)));
        assertThat(Law.perImage(rewritten(conv(scaled, "w", 1)))).isEqualTo(1);
    }

    @Test
    void whatIsDividedByTheImageStays() {
        Value one = g.constant(Tensor.full(Shape.of(), 1));
        Value inverse = g.add(new Binary(BinaryFunction.DIVIDE), one, g.add(new Activate(new Softplus()), image));
        assertThat(scales(rewritten(conv(inverse, "w", 0)))).isEqualTo(1);
    }

    @Test
    void aScaleBehindGoesIntoFiltersAndBias() {
        for (boolean bias : List.of(false, true)) {
            GraphBuilder other = new GraphBuilder(Mode.INFERENCE);
            Value z = other.add(
                    new MatMul(false, bias),
                    other.input("rows", Shape.of(2, 3)),
                    Law.parameter(other, "w", Shape.of(3, 3)));
            Value shifted = bias ? other.add(new BiasAdd(), z, Law.parameter(other, "b", Shape.of(3))) : z;
            Value scaled = other.add(
                    new Binary(BinaryFunction.MULTIPLY), other.constant(Tensor.of(Shape.of(1, 3), -1, 0, 2)), shifted);
            Graph after = Law.rewritten(other, other.add(new Activate(new Tanh()), scaled), STANDARD);
            assertThat(Law.perImage(after)).as("bias: %s", bias).isEqualTo(1);
        }
        Value product = times(conv(image, "v", 1), Law.parameter(g, "s", Shape.of(4)));
        assertThat(Law.perImage(rewritten(product))).isEqualTo(1);
    }

    @Test
    void aScaleBehindAnActivationStays() {
        assertThat(scales(rewritten(times(f(new Relu(), conv(image, "w", 1)), Tensor.full(Shape.of(), -2)))))
                .isEqualTo(1);
    }

    @Test
    void whatSomethingElseReadsStays() {
        Value scaled = twice(image);
        g.output("scaled", scaled);
        assertThat(scales(rewritten(conv(scaled, "w", 1)))).isEqualTo(1);
        Value z = conv(image, "v", 1);
        g.output("z", z);
        assertThat(scales(rewritten(twice(z)))).isEqualTo(2);
    }

    @Test
    void severalConvolutionsTakeOneScale() {
        Value scaled = times(image, perChannel);
        g.output("a", conv(scaled, "a", 1));
        assertThat(scales(rewritten(conv(scaled, "b", 0)))).isZero();
    }

    @Test
    void groupsStay() {
        Window window = Window.of(3, 1);
        Value y = g.add(
                new Conv2d(window, window, 3), times(image, perChannel), Law.parameter(g, "w", Shape.of(3, 3, 1, 3)));
        assertThat(scales(rewritten(y))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aPositiveScalePassesRectifierPoolAndFlattening(boolean channels, boolean transposed) {
        Value scaled = channels ? times(image, perChannel) : twice(image);
        Value pooled = g.add(new MaxPool2d(Window.of(2, 2), new Window(3, 2, 1, 1, 0)), f(new LeakyRelu(0.1), scaled));
        Graph after = rewritten(dense(pooled, transposed));
        assertThat(scales(after)).isZero();
        assertThat(Law.count(after, MaxPool2d.class)).isEqualTo(1);
    }

    @Test
    void itPassesLearntSlopesAndAverages() {
        Value learnt = g.add(new PRelu(), times(image, perChannel), Law.parameter(g, "slope", Shape.of(3)));
        Op average = new AvgPool2d(Window.of(2, 2), Window.of(2, 2), false);
        assertThat(scales(rewritten(dense(g.add(average, learnt), false)))).isZero();
    }

    @Test
    void aNegativeScalePassesAveragesAlone() {
        Tensor negative = Tensor.of(Shape.of(3), 1, -1, 1);
        Op average = new AvgPool2d(Window.of(2, 2), Window.of(2, 2), false);
        assertThat(scales(rewritten(dense(g.add(average, times(image, negative)), false))))
                .isZero();
        Op most = new MaxPool2d(Window.of(2, 2), Window.of(2, 2));
        assertThat(scales(new ScaleTest().behind(most, negative))).isEqualTo(1);
        assertThat(scales(new ScaleTest().behind(new Activate(new Relu()), negative)))
                .isEqualTo(1);
        assertThat(scales(new ScaleTest().behind(new Activate(new Relu()), perChannel)))
                .isZero();
    }

    private Graph behind(Op op, Tensor factor) {
        return rewritten(conv(g.add(op, times(image, factor)), "w", 1));
    }

    @Test
    void onlyFunctionsOfTwoSlopesLetItPass() {
        assertThat(scales(new ScaleTest().behind(new Activate(new Relu6()), perChannel)))
                .isEqualTo(1);
        assertThat(scales(new ScaleTest().behind(new Activate(new Tanh()), perChannel)))
                .isEqualTo(1);
        assertThat(scales(new ScaleTest().behind(new Softmax(), perChannel))).isEqualTo(1);
    }

    @Test
    void aLearntScaleIsPositiveIfItIsMadeSo() {
        Value raw = Law.parameter(g, "s", Shape.of(3));
        assertThat(scales(rewritten(conv(f(new Relu(), times(image, raw)), "w", 1))))
                .isEqualTo(1);
        ScaleTest other = new ScaleTest();
        Value s = other.f(new Softplus(), Law.parameter(other.g, "s", Shape.of(3)));
        assertThat(scales(other.rewritten(other.conv(other.f(new Relu(), other.times(other.image, s)), "w", 1))))
                .isZero();
    }

    @Test
    void itStaysWhereItWouldNotEndInWeights() {
        assertThat(scales(rewritten(f(new Relu(), twice(image))))).isEqualTo(1);
        Value rectified = f(new Relu(), times(image, perChannel));
        assertThat(scales(rewritten(g.add(new Add(), rectified, image)))).isEqualTo(1);
        g.output("rectified", rectified);
        Graph after = rewritten(conv(rectified, "w", 1));
        assertThat(after.output("rectified").producer().op()).isInstanceOf(Activate.class);
    }

    @Test
    void theRulesAreNamed() {
        g.output("y", dense(f(new Relu(), twice(image)), false));
        Rewritten after = new Rewriter(Rules.standard()).rewrite(g.build());
        assertThat(after.rules(after.graph().output("y").producer()))
                .containsExactlyInAnyOrder("positive-homogeneity", "fold-scale-forward");
    }
}
