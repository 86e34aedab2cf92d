package dev.halfwave.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.op.SoftmaxCrossEntropy;
import dev.halfwave.rewrite.FuseStatistics;
import dev.halfwave.rewrite.Rewrite;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.rewrite.Rules;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Training with statistics that convolutions take, beside training with those that norms take themselves. */
@Tag("kernels")
class FusedStatisticsTest {
    private static final int BATCH = 6;
    private static final int STEPS = 5;
    private static final float RATE = 0.02f;

    private final Network network = Networks.of("resnet-20", Shape.of(24, 24, 3), 10, new Relu());
    private final Graph graph = training(network);
    private final Tensor images = images();
    private final Tensor labels = Tensor.of(Shape.of(BATCH), 0, 2, 4, 6, 8, 9);

    private static Graph training(Network network) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value logits = network.addTo(g, BATCH);
        g.output("loss", g.add(new SoftmaxCrossEntropy(), logits, g.input("labels", Shape.of(BATCH))));
        return Differentiate.withParameterGradients(g.build(), "loss");
    }

    /** Of a mean that is large beside the deviations. */
    private Tensor images() {
        SplittableRandom random = new SplittableRandom(3);
        Tensor images = Tensor.zeros(network.sample().prepend(BATCH));
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = (float) (1 + random.nextDouble());
        }
        return images;
    }

    /** The losses of a few steps, and the parameters and moving averages after them. */
    private Run train(boolean fused, int threads) {
        List<Rewrite> rules = new ArrayList<>(Rules.standard());
        if (!fused) {
            rules.removeIf(FuseStatistics.class::isInstance);
        }
        Parameters parameters = Parameters.initialized(network.layout(), 1);
        Program program = Compiler.compile(graph, parameters.layout(), new Rewriter(rules), Providers.active());
        List<Float> losses = new ArrayList<>();
        try (WorkerPool pool = new WorkerPool(threads)) {
            Session session = program.session(parameters, pool);
            session.poison();
            session.feed("images", images).feed("labels", labels);
            for (int step = 0; step < STEPS; step++) {
                session.run(step);
                losses.add(session.scalar("loss"));
                for (int i = parameters.layout().trainableStart(); i < session.gradients().length; i++) {
                    parameters.data()[i] -= RATE * session.gradients()[i];
                }
                session.commit();
            }
        }
        return new Run(losses, parameters.data().clone());
    }

    private record Run(List<Float> losses, float[] parameters) {}

    @Test
    void lossesAreTheSameWithinRounding() {
        List<Float> apart = train(false, 1).losses();
        List<Float> fused = train(true, 1).losses();
        assertThat(apart.get(0)).isNotEqualTo(apart.get(STEPS - 1));
        for (int step = 0; step < STEPS; step++) {
            assertThat(fused.get(step)).as("loss of step %d", step).isCloseTo(apart.get(step), Offset.offset(2e-4f));
        }
    }

    @Test
    void threadsChangeNoBit() {
        Run alone = train(true, 1);
        for (int threads : new int[] {2, 4}) {
            Run team = train(true, threads);
            assertThat(team.losses()).as("%d threads", threads).isEqualTo(alone.losses());
            assertThat(team.parameters()).as("%d threads", threads).containsExactly(alone.parameters());
        }
    }
}
