package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import org.junit.jupiter.api.Test;

class BalancedTrainingTest {
    private static final Dataset DATA = new Blobs(100, 1);
    private static final TrainingPlan PLAN = TrainingPlan.usual(2, 16, 9);

    private static Trainer trainer(boolean balanced) {
        Network network = Network.of("small", DATA.sampleShape(), new Flatten(), Dense.of(3));
        Trainer trainer = new Trainer(Model.initialized(network, DATA.classes(), 5), PLAN, DATA, WorkerPool.shared());
        if (balanced) {
            trainer.balance();
        }
        return trainer;
    }

    private static float[] weights(Trainer trainer) {
        return trainer.model().parameters().data();
    }

    @Test
    void aBalancedRunThatIsStoppedAndResumedEndsWithTheSameBits() {
        Trainer whole = trainer(true);
        whole.run();
        Trainer plain = trainer(false);
        plain.run();
        assertThat(weights(whole)).isNotEqualTo(weights(plain));

        Trainer stopped = trainer(true);
        stopped.addListener(new TrainingListener() {
            @Override
            public void batchDone(Trainer trainer, Tally tally) {
                if (trainer.position().step() == 3) {
                    trainer.stop();
                }
            }
        });
        stopped.run();
        assertThat(stopped.position().step()).isEqualTo(3);
        Trainer resumed = trainer(true);
        resumed.resume(stopped.checkpoint());
        resumed.run();
        assertThat(weights(resumed)).containsExactly(weights(whole));
        assertThatThrownBy(() -> trainer(false).resume(stopped.checkpoint()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 samples), classes balanced");
    }
}
