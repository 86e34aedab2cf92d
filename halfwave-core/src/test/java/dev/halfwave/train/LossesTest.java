package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds losses against the formulas of their papers, their gradients against finite differences, and both compiled. */
@Tag("kernels")
class LossesTest {
    private static final int CONFIGURATIONS = 50;

    /** What one row loses, in double precision. */
    private interface Row {
        double of(double[] x, int label);
    }

    /** A loss and its formula. */
    record Case(String spec, Row row) {
        @Override
        public String toString() {
            return spec;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("softmax", (x, label) -> -logarithm(x, label)),
                new Case("softmax(smoothing=0.1)", (x, label) -> smoothed(x, label, 0.1)),
                new Case("svm", (x, label) -> sum(x, k -> k == label ? 0 : Math.max(0, x[k] - x[label] + 1))),
                new Case("squared-hinge", (x, label) -> squaredHinge(x, label, 1)),
                new Case("squared-hinge(margin=0.5)", (x, label) -> squaredHinge(x, label, 0.5)),
                new Case("one-vs-rest", LossesTest::oneVsRest),
                new Case("mse", (x, label) -> sum(x, k -> Math.pow(x[k] - is(k, label), 2)) / x.length),
                new Case("huber", (x, label) -> huber(x, label, 1)),
                new Case("huber(delta=0.3)", (x, label) -> huber(x, label, 0.3)),
                new Case("focal", (x, label) -> focal(x, label, 2)),
                new Case("focal(gamma=0.5)", (x, label) -> focal(x, label, 0.5)),
                new Case("focal(gamma=0.0)", (x, label) -> -logarithm(x, label)),
                new Case("kl", (x, label) -> divergence(x, label, 0.1)),
                new Case("kl(smoothing=0.0)", (x, label) -> -logarithm(x, label)));
    }

    private static double sum(double[] x, IntToDoubleFunction term) {
        return IntStream.range(0, x.length).mapToDouble(term).sum();
    }

    private static int is(int k, int label) {
        return k == label ? 1 : 0;
    }

    /** The logarithm of a class's softmax probability. */
    private static double logarithm(double[] x, int label) {
        return -Math.log(sum(x, k -> Math.exp(x[k] - x[label])));
    }

    private static double smoothed(double[] x, int label, double smoothing) {
        return sum(x, k -> -((1 - smoothing) * is(k, label) + smoothing / x.length) * logarithm(x, k));
    }

    private static double divergence(double[] x, int label, double smoothing) {
        return sum(x, k -> {
            double q = (1 - smoothing) * is(k, label) + smoothing / x.length;
            return q * (Math.log(q) - logarithm(x, k));
        });
    }

    private static double squaredHinge(double[] x, int label, double margin) {
        return sum(x, k -> Math.pow(Math.max(0, margin - (k == label ? 1 : -1) * x[k]), 2));
    }

    private static double oneVsRest(double[] x, int label) {
        return sum(x, k -> Math.log(1 + Math.exp(k == label ? -x[k] : x[k])));
    }

    private static double huber(double[] x, int label, double delta) {
        return sum(x, k -> {
                    double size = Math.abs(x[k] - is(k, label));
                    return size <= delta ? size * size / 2 : delta * (size - delta / 2);
                })
                / x.length;
    }

    private static double focal(double[] x, int label, double gamma) {
        double logarithm = logarithm(x, label);
        return -Math.pow(1 - Math.exp(logarithm), gamma) * logarithm;
    }

    /** Rows of logits with their labels. */
    private record Draw(long seed, Shape shape, double[] logits, double[] labels) {
        static Draw of(long seed, double most) {
            SplittableRandom random = new SplittableRandom(seed);
            Shape shape = Shape.of(random.nextInt(1, 20), random.nextInt(2, 12));
            double[] logits = random.doubles(shape.elements(), -most, most)
                    .map(x -> (float) x)
                    .toArray();
            double[] labels = random.ints(shape.size(0), 0, shape.size(1))
                    .mapToDouble(label -> label)
                    .toArray();
            return new Draw(seed, shape, logits, labels);
        }

        double mean(Row row) {
            int n = shape.size(1);
            return IntStream.range(0, labels.length)
                    .mapToDouble(i -> row.of(Arrays.copyOfRange(logits, i * n, (i + 1) * n), (int) labels[i]))
                    .average()
                    .orElseThrow();
        }

        /** The slope of the formula in one logit, from differences. */
        double slope(Row row, int element) {
            double at = logits[element];
            logits[element] = at + 1e-5;
            double up = mean(row);
            logits[element] = at - 1e-5;
            double down = mean(row);
            logits[element] = at;
            return (up - down) / 2e-5;
        }

        DoubleTensor logitsTensor() {
            return new DoubleTensor(shape, logits);
        }

        DoubleTensor labelsTensor() {
            return new DoubleTensor(Shape.of(labels.length), labels);
        }
    }

    /** The loss of logits that are a parameter, with its gradient. */
    private static Graph graph(String spec, Shape shape) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value logits = g.parameter("logits", shape, (s, into, offset, random) -> {}, true);
        g.output("loss", Losses.of(spec).apply(g, logits, g.input("labels", Shape.of(shape.size(0)))));
        return Differentiate.withParameterGradients(g.build(), "loss");
    }

    private static Session run(Graph graph, Draw draw) {
        Parameters parameters = new Parameters(ParameterLayout.of(graph));
        parameters.set("logits", draw.logitsTensor().toFloat());
        Session session = Compiler.compile(graph, parameters.layout()).session(parameters);
        session.feed("labels", draw.labelsTensor().toFloat()).run(0);
        return session;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesAndGradientsAreThoseOfTheFormula(Case test) {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            Draw draw = Draw.of(seed, 3);
            Graph graph = graph(test.spec(), draw.shape());
            Interpreter exact =
                    new Interpreter(graph, Map.of("logits", draw.logitsTensor(), "labels", draw.labelsTensor()), 0);
            double loss = exact.get(graph.output("loss")).data()[0];
            double[] gradient = exact.get(graph.results().get(new Result.Gradient("logits")))
                    .data();
            Session compiled = run(graph, draw);
            int start = ParameterLayout.of(graph).entry("logits").offset();
            String what = test + ", seed " + seed;
            assertThat(loss).as(what).isCloseTo(draw.mean(test.row()), offset(1e-6)); // numbers in graphs are floats
            assertThat((double) compiled.scalar("loss")).as(what).isCloseTo(loss, offset(1e-5 * Math.max(1, loss)));
            for (int i = 0; i < gradient.length; i++) {
                String element = what + ", element " + i;
                assertThat(gradient[i]).as(element).isCloseTo(draw.slope(test.row(), i), offset(1e-5));
                assertThat((double) compiled.gradients()[start + i]).as(element).isCloseTo(gradient[i], offset(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void extremeLogitsLeaveThemFinite(Case test) {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            Draw draw = Draw.of(seed, 2000);
            Session session = run(graph(test.spec(), draw.shape()), draw);
            String what = test + ", seed " + seed;
            assertThat(session.scalar("loss")).as(what).isFinite().isGreaterThanOrEqualTo(0);
            for (float slope : session.gradients()) {
                assertThat(slope).as(what).isFinite();
            }
        }
    }

    @Test
    void everyTextComesBack() {
        assertThat(Losses.names())
                .allSatisfy(name -> assertThat(Losses.spec(Losses.of(name))).isEqualTo(name));
        assertThat(cases())
                .allSatisfy(
                        test -> assertThat(Losses.spec(Losses.of(test.spec()))).isEqualTo(test.spec()));
    }

    @Test
    void everyLossHasACase() {
        assertThat(cases().map(test -> Losses.of(test.spec()).name())).containsAll(Losses.names());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "softmax(smoothing=1)    | softmax: expected a smoothing from 0 to below 1, received 1.0; 0.1 is usual",
                "squared-hinge(margin=0) | squared-hinge: expected a margin above 0, received 0.0; 1 is usual",
                "huber(delta=-1)         | huber: expected a delta above 0, received -1.0; 1 is usual",
                "kl(smoothing=-0.1)      | kl: expected a smoothing from 0 to below 1, received -0.1; 0.1 is usual",
                "focal(gamma=NaN)        | focal: expected a gamma from 0 to 100, received NaN; 2 is usual",
            })
    void misuseIsNamed(String spec, String message) {
        assertThatThrownBy(() -> Losses.of(spec)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"squared-hinge", "one-vs-rest", "mse", "huber", "focal", "kl"})
    void logitsAreRows(String spec) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value logits = g.input("logits", Shape.of(4, 2, 2, 3));
        Value labels = g.input("labels", Shape.of(4));
        assertThatThrownBy(() -> Losses.of(spec).apply(g, logits, labels))
                .hasMessage(
                        spec + ": expected logits with 2 axes [N, K], received [4, 2, 2, 3]; put a Flatten in front");
    }
}
