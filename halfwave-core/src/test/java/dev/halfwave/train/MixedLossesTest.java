package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of images that are of two classes in part. */
@Tag("kernels")
class MixedLossesTest {
    private static final int CONFIGURATIONS = 50;

    /** Logits, two labels for each row and the first one's share. */
    private record Draw(Tensor logits, Tensor labels, Tensor others, Tensor shares) {
        static Draw of(long seed, boolean whole) {
            SplittableRandom random = new SplittableRandom(seed);
            Shape shape = Shape.of(random.nextInt(1, 12), random.nextInt(2, 12));
            Shape rows = Shape.of(shape.size(0));
            Draw draw = new Draw(Tensor.zeros(shape), Tensor.zeros(rows), Tensor.zeros(rows), Tensor.zeros(rows));
            for (int i = 0; i < shape.elements(); i++) {
                draw.logits.data()[i] = (float) random.nextDouble(-3, 3);
            }
            for (int i = 0; i < rows.elements(); i++) {
                draw.labels.data()[i] = random.nextInt(shape.size(1));
                draw.others.data()[i] = random.nextInt(shape.size(1));
                draw.shares.data()[i] = whole ? 1 : (float) random.nextDouble(0.5, 1);
            }
            return draw;
        }

        /** One row with either its own label or the other one. */
        Draw row(int i, boolean other) {
            int n = logits.shape().size(1);
            Tensor row = Tensor.zeros(Shape.of(1, n));
            System.arraycopy(logits.data(), i * n, row.data(), 0, n);
            Tensor label = Tensor.full(Shape.of(1), (other ? others : labels).data()[i]);
            return new Draw(row, label, label, Tensor.full(Shape.of(1), 1));
        }
    }

    /** The loss and the gradient of its logits. */
    private record Outcome(float loss, float[] slopes) {}

    private static Outcome run(String spec, Draw draw, boolean mixed) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Loss loss = Losses.of(spec);
        Value logits = g.parameter("logits", draw.logits().shape(), (s, into, offset, random) -> {}, true);
        Value labels = g.input("labels", draw.labels().shape());
        if (mixed) {
            Value others = g.input("others", draw.labels().shape());
            Value shares = g.input("shares", draw.labels().shape());
            Value targets = Terms.distributions(spec, g, logits, labels, others, shares);
            g.output("loss", loss.applyTo(g, logits, targets));
        } else {
            g.output("loss", loss.apply(g, logits, labels));
        }
        Graph graph = Differentiate.withParameterGradients(g.build(), "loss");
        Parameters parameters = new Parameters(ParameterLayout.of(graph));
        parameters.set("logits", draw.logits());
        Session session = Compiler.compile(graph, parameters.layout()).session(parameters);
        session.feed("labels", draw.labels());
        if (mixed) {
            session.feed("others", draw.others()).feed("shares", draw.shares());
        }
        session.run(0);
        int start = parameters.layout().entry("logits").offset();
        int n = draw.logits().shape().elements();
        return new Outcome(session.scalar("loss"), Arrays.copyOfRange(session.gradients(), start, start + n));
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax", "softmax(smoothing=0.1)", "one-vs-rest", "mse", "huber", "huber(delta=0.3)"})
    void ofOneClassTheyAreTheSame(String spec) {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            Draw draw = Draw.of(seed, true);
            Outcome plain = run(spec, draw, false);
            Outcome mixed = run(spec, draw, true);
            String what = spec + ", seed " + seed;
            assertThat(mixed.loss()).as(what).isCloseTo(plain.loss(), offset(2e-6f));
            for (int i = 0; i < draw.logits().shape().elements(); i++) {
                assertThat(mixed.slopes()[i]).as(what).isCloseTo(plain.slopes()[i], offset(2e-6f));
            }
        }
    }

    /** Cross-entropies are linear in the targets: a mixture's loss is the mixture of its losses, and so is its gradient. */
    @ParameterizedTest
    @ValueSource(strings = {"softmax", "softmax(smoothing=0.1)", "one-vs-rest"})
    void crossEntropiesOfMixturesAreMixtures(String spec) {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            Draw draw = Draw.of(seed, false);
            Outcome mixed = run(spec, draw, true);
            int rows = draw.logits().shape().size(0);
            int n = draw.logits().shape().size(1);
            double expected = 0;
            for (int i = 0; i < rows; i++) {
                Outcome own = run(spec, draw.row(i, false), false);
                Outcome other = run(spec, draw.row(i, true), false);
                double share = draw.shares().data()[i];
                expected += (share * own.loss() + (1 - share) * other.loss()) / rows;
                for (int k = 0; k < n; k++) {
                    double slope = (share * own.slopes()[k] + (1 - share) * other.slopes()[k]) / rows;
                    assertThat((double) mixed.slopes()[i * n + k])
                            .as("%s, seed %d, row %d", spec, seed, i)
                            .isCloseTo(slope, offset(2e-6));
                }
            }
            assertThat((double) mixed.loss()).as("%s, seed %d", spec, seed).isCloseTo(expected, offset(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mse", "huber"})
    void errorsOfMixturesAreSmallestAtTheirShares(String spec) {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            Draw draw = Draw.of(seed, false);
            int n = draw.logits().shape().size(1);
            for (int i = 0; i < draw.labels().shape().elements(); i++) {
                for (int k = 0; k < n; k++) {
                    float share = draw.shares().data()[i];
                    draw.logits().data()[i * n + k] = (k == (int) draw.labels().data()[i] ? share : 0)
                            + (k == (int) draw.others().data()[i] ? 1 - share : 0);
                }
            }
            assertThat(run(spec, draw, true).loss()).as("seed " + seed).isCloseTo(0, offset(1e-12f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"svm", "squared-hinge", "focal"})
    void othersRefuseMixtures(String spec) {
        assertThatThrownBy(() -> run(spec, Draw.of(1, false), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loss " + spec + ": expected images of one class each, received mixed ones;"
                        + " train with softmax, kl, one-vs-rest, mse or huber, or without mixup and cutmix");
    }
}
