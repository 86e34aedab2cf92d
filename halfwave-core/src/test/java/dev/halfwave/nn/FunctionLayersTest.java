package dev.halfwave.nn;

import static dev.halfwave.nn.OneLayer.output;
import static dev.halfwave.nn.OneLayer.random;
import static dev.halfwave.nn.OneLayer.refuses;
import static dev.halfwave.nn.OneLayer.tensor;
import static dev.halfwave.nn.OneLayer.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.activation.RowFunction;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Parameters;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FunctionLayersTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    @Test
    void concatenatedRectifiersKeepBothSides() {
        DoubleTensor y = used(new CRelu(), tensor(Shape.of(2, 2), 1, -2, 0, 4));
        assertThat(y.shape()).isEqualTo(Shape.of(2, 4));
        assertThat(y.data()).containsExactly(1, 0, 0, 2, 0, 4, 0, 0);
        assertThat(output(new CRelu(), 3, 3, 5)).isEqualTo(Shape.of(3, 3, 10));
    }

    @Test
    void maxoutTakesTheLargestOfItsPieces() {
        DoubleTensor x = tensor(Shape.of(1, 1, 2, 6), 1, -2, 3, -4, -5, -6, 0, 0, 7, 8, 9, -1);
        assertThat(used(new Maxout(3), x).data()).containsExactly(3, -2, 9, 8);
        assertThat(used(new Maxout(2), x).data()).containsExactly(1, -2, 3, 8, 9, 7);
        assertThat(used(new Maxout(1), x).data()).containsExactly(x.data());
        assertThat(output(new Maxout(3), 3, 3, 6)).isEqualTo(Shape.of(3, 3, 2));
    }

    @Test
    void hardmaxDecidesForTheFirstOfTheLargest() {
        DoubleTensor x = tensor(Shape.of(4, 3), 1, 3, 2, 5, 5, 5, -1, -3, -1, Double.NEGATIVE_INFINITY, 0, 0);
        assertThat(used(new Hardmax(), x).data()).containsExactly(0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0);
    }

    @Test
    void aRowWithWhatIsNotANumberIsNone() {
        DoubleTensor x = tensor(Shape.of(2, 3), 1, Double.NaN, 2, 0, 1, 2);
        assertThat(used(new Hardmax(), x).data()).containsExactly(Double.NaN, Double.NaN, Double.NaN, 0, 0, 1);
        for (Layer layer : List.of(new Softmax(), new LogSoftmax())) {
            assertThat(used(layer, x).data()).startsWith(Double.NaN, Double.NaN, Double.NaN);
            assertThat(used(layer, x).data()[5]).isNotNaN();
        }
        assertThat(used(new Maxout(3), x).data()).containsExactly(Double.NaN, 2);
        assertThat(used(new CRelu(), x).data()).startsWith(1, Double.NaN, 2, 0, Double.NaN, 0);
    }

    /** The same in float32, on the kernels that are active. */
    @Test
    void kernelsKeepWhatIsNotANumberAndInfinities() {
        float nan = Float.NaN;
        float far = Float.POSITIVE_INFINITY;
        assertThat(run(new Hardmax(), 1, nan, 2)).containsOnly(nan);
        assertThat(run(new Hardmax(), 1, far, 2)).containsExactly(0, 1, 0);
        assertThat(run(new Hardmax(), -far, -far, -far)).containsExactly(1, 0, 0);
        assertThat(run(new Hardmax(), -0f, 0f, Float.MIN_VALUE)).containsExactly(0, 0, 1);
        assertThat(run(new Maxout(3), 1, nan, 2)).containsExactly(nan);
        assertThat(run(new Maxout(3), -far, -3, Float.MIN_VALUE)).containsExactly(Float.MIN_VALUE);
        assertThat(run(new CRelu(), nan, -far, -Float.MIN_VALUE)).containsExactly(nan, 0, 0, nan, far, Float.MIN_VALUE);
        assertThat(run(new Softmax(), 1, nan, 2)).containsOnly(nan);
        assertThat(run(new LogSoftmax(), 1, nan, 2)).containsOnly(nan);
        assertThat(run(new Softmax(), -far, 0, -far)).containsExactly(0, 1, 0);
        assertThat(run(new LogSoftmax(), -far, 0, -far)).containsExactly(-far, 0, -far);
    }

    private static float[] run(Layer layer, float... row) {
        Network network = Network.of("row", Shape.of(row.length), layer);
        Parameters none = new Parameters(network.layout());
        Session session = Compiler.compile(network.graph(1, Mode.INFERENCE), none.layout())
                .session(none);
        session.feed(Network.INPUT, Tensor.of(Shape.of(1, row.length), row));
        session.run(0);
        return session.output(Network.LOGITS).data();
    }

    @Test
    void layersComputeWhatTheCheatSheetSays() {
        Map<String, Layer> layers = Map.of(
                "crelu", new CRelu(),
                "maxout", new Maxout(5),
                "softmax", new Softmax(),
                "log-softmax", new LogSoftmax(),
                "hardmax", new Hardmax());
        DoubleTensor x = random(1, 5);
        for (RowFunction f : RowFunction.all()) {
            assertThat(used(layers.get(f.name()), x).data()).as(f.name()).containsExactly(f.at(x.data()), ROUNDING);
        }
    }

    @Test
    void branchesAreMultiplied() {
        DoubleTensor x = tensor(Shape.of(1, 3), 2, -3, 4);
        assertThat(used(Mul.of(Sequential.of(), Sequential.of(), new Activate(new Relu())), x)
                        .data())
                .containsExactly(8, 0, 64);
        assertThat(used(Mul.of(Sequential.of()), x)).isEqualTo(x);
        assertThat(output(Mul.of(Sequential.of(), new Reshape(Shape.of(1, 1, 12))), 1, 1, 12))
                .isEqualTo(Shape.of(1, 1, 12));
    }

    @Test
    void elementsGetAnotherShapeOrOrder() {
        DoubleTensor x = random(2, 3, 4);
        assertThat(used(new Reshape(Shape.of(2, 6)), x).data()).isEqualTo(x.data());
        assertThat(output(new Reshape(Shape.of(2, 6)), 3, 4)).isEqualTo(Shape.of(2, 6));
        assertThat(used(Permute.of(1, 0), tensor(Shape.of(1, 2, 3), 1, 2, 3, 4, 5, 6))
                        .data())
                .containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(output(Permute.of(2, 0, 1), 3, 4, 5)).isEqualTo(Shape.of(5, 3, 4));
    }

    @Test
    void logarithmsOfProbabilitiesAreLogitsOfTheSame() {
        DoubleTensor x = random(3, 5);
        double[] probabilities = used(new Softmax(), x).data();
        double[] logarithms = used(new LogSoftmax(), x).data();
        for (int i = 0; i < probabilities.length; i++) {
            assertThat(Math.exp(logarithms[i])).isCloseTo(probabilities[i], ROUNDING);
        }
        assertThat(used(Sequential.of(new LogSoftmax(), new Softmax()), x).data())
                .containsExactly(probabilities, ROUNDING);
    }

    @Test
    void misfitsAreNamed() {
        refuses(() -> new Maxout(0), "maxout: expected 1 piece or more, received 0");
        refuses(
                () -> output(new Maxout(4), 6),
                "maxout_1: expected a number of channels that 4 pieces divide, received 6");
        refuses(() -> new Mul(List.of()), "mul: expected a branch or more, received none");
        refuses(
                () -> output(new Reshape(Shape.of(2, 3)), 7),
                "reshape_1: expected samples of 6 elements for shape [2, 3], received [7]");
        refuses(() -> Permute.of(1, 2), "permute: expected each of 2 axes once, counted from 0, received [1, 2]");
        refuses(() -> output(Permute.of(1, 0), 7), "permute_1: expected samples with 2 axes, received [7]");
    }
}
