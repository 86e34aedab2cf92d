package dev.halfwave.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Parameters;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    private final Network network = Networks.of("keras-cnn", Shape.of(12, 12, 1), 4, new Relu());
    private final Parameters parameters = Parameters.initialized(network.layout(), 3);

    private Program program(int batch) {
        return Compiler.compile(network.graph(batch, Mode.INFERENCE), parameters.layout());
    }

    private Tensor images(int batch) {
        Tensor images = Tensor.zeros(network.sample().prepend(batch));
        SplittableRandom random = new SplittableRandom(batch);
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = (float) random.nextDouble();
        }
        return images;
    }

    private static Tensor logits(Session session, Tensor images) {
        session.feed(Network.INPUT, images).run(0);
        return session.output(Network.LOGITS);
    }

    @Test
    void sessionsThatTakeTurnsComputeWhatTheyComputeAlone() {
        Workspace shared = new Workspace();
        List<Integer> batches = List.of(2, 5, 3);
        List<Session> sessions = batches.stream()
                .map(batch -> program(batch).session(parameters, WorkerPool.shared(), shared))
                .toList();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < batches.size(); i++) {
                Tensor images = images(batches.get(i));
                Tensor alone = logits(program(batches.get(i)).session(parameters), images);
                assertThat(logits(sessions.get(i), images)).isEqualTo(alone);
            }
            parameters.changed(); // to be prepared anew, in memory that others have used meanwhile
            sessions.get(round).poison();
        }
    }

    @Test
    void itIsAsLargeAsTheLargestNeeds() {
        Workspace shared = new Workspace();
        assertThat(shared.bytes()).isZero();
        for (int batch : new int[] {2, 5, 3}) {
            program(batch).session(parameters, WorkerPool.shared(), shared);
        }
        assertThat(shared.bytes()).isEqualTo(program(5).arenaBytes());
    }
}
