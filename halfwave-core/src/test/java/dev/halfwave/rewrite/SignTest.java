package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Apply;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Concat;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Softmax;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.tensor.Window;
import org.junit.jupiter.api.Test;

/** What the graph alone tells about signs, and what becomes of rectifiers then. */
class SignTest {
    private static final Op RELU = new Activate(new Relu());
    private static final Op TIMES = new Binary(BinaryFunction.MULTIPLY);
    private static final Op MINUS = Apply.of(Formula.Function.NEGATE);

    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value x = g.input("x", Shape.of(2, 4, 4, 3));

    private Graph rectified(Value z) {
        return Law.rewritten(g, g.add(RELU, z), new IdempotentActivation(), new NeverFires());
    }

    private static long rectifiers(Graph graph) {
        return Law.count(graph, Activate.class);
    }

    private Value constant(float... numbers) {
        return g.constant(Tensor.of(Shape.of(numbers.length), numbers));
    }

    @Test
    void softmaxAndSquaresAreNotNegative() {
        assertThat(rectifiers(rectified(g.add(new Softmax(), x)))).isZero();
        assertThat(rectifiers(rectified(g.add(TIMES, x, x)))).isZero();
    }

    @Test
    void norIsWhatIsMadeOfSuch() {
        Value a = g.add(new AvgPool2d(Window.of(2, 1), Window.of(2, 1), true), g.add(new Softmax(), x));
        Value b = g.add(TIMES, a, constant(0, 1, 2));
        Value all = g.add(new Concat(-1), a, g.add(new Binary(BinaryFunction.MAX), b, a));
        assertThat(rectifiers(rectified(g.add(new Slice(2, 1, 2), all)))).isZero();
    }

    @Test
    void oneNegativeNumberIsEnough() {
        Value b = g.add(TIMES, g.add(new Softmax(), x), constant(0, 1, -2));
        assertThat(rectifiers(rectified(b))).isEqualTo(1);
        assertThat(rectifiers(rectified(g.add(new Concat(-1), g.add(new Softmax(), x), x))))
                .isEqualTo(1);
        assertThat(rectifiers(rectified(g.add(TIMES, x, g.add(new Softmax(), x)))))
                .isEqualTo(1);
    }

    @Test
    void aRectifierOfWhatIsNeverPositiveIsZero() {
        Value negative = g.add(MINUS, g.add(RELU, x));
        Graph after = rectified(negative);
        assertThat(Law.perImage(after)).isZero();
        assertThat(after.output("y").producer().isLasting()).isTrue();
        Value product = g.add(TIMES, constant(-1, 0, -3), g.add(new Softmax(), x));
        assertThat(Law.perImage(rectified(g.add(new AvgPool2d(Window.of(2, 2), Window.of(2, 2), true), product))))
                .isZero();
    }

    @Test
    void othersStay() {
        assertThat(rectifiers(rectified(g.add(MINUS, x)))).isEqualTo(1);
        assertThat(rectifiers(rectified(g.add(TIMES, constant(-1, 1, -1), g.add(new Softmax(), x)))))
                .isEqualTo(1);
        Value leaky = g.add(new Activate(new LeakyRelu(0.1)), g.add(MINUS, g.add(new Softmax(), x)));
        g.output("leaky", leaky);
        Graph after = new Rewriter(Rules.standard()).apply(g.build());
        assertThat(after.output("leaky").producer().op()).isInstanceOf(Activate.class);
    }

    @Test
    void aProgramOfNothingButAConstantRuns() {
        Value rows = g.input("rows", Shape.of(2, 3));
        Value zero = g.add(RELU, g.add(MINUS, g.add(RELU, rows)));
        g.output("zero", zero);
        g.output("y", g.add(new MatMul(false, false), zero, Law.parameter(g, "w", Shape.of(3, 2))));
        Graph graph = g.build();
        ParameterLayout layout = ParameterLayout.of(graph);
        Session session = Compiler.compile(graph, layout).session(new Parameters(layout));
        session.feed("x", Tensor.zeros(x.shape()))
                .feed("rows", Tensor.full(Shape.of(2, 3), 7))
                .run(0);
        assertThat(session.output("zero").data()).containsOnly(0f);
        assertThat(session.output("y").data()).containsOnly(0f);
    }
}
