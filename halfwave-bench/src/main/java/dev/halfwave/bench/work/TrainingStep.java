package dev.halfwave.bench.work;

import dev.halfwave.bench.peer.Peer;
import dev.halfwave.bench.peer.Running;
import dev.halfwave.graph.Mode;
import dev.halfwave.nn.Network;
import java.util.List;
import java.util.function.Supplier;

/**
 * One step of training: forward, softmax cross-entropy, backward, Adam. Compared are the losses of a few steps without dropout, which
 * depend on every gradient.
 *
 * @param name what the table calls it
 * @param network what is trained
 * @param batch how many images at once
 * @param peers with whom it is compared
 * @param quick whether {@code --quick} includes it
 */
record TrainingStep(String name, Supplier<Network> network, int batch, List<String> peers, boolean quick)
        implements Work {
    @Override
    public Running timed(Peer peer, int threads) {
        return peer.training(Data.subject(network.get(), batch, Mode.TRAINING, threads));
    }

    @Override
    public Running checked(Peer peer, int threads) {
        return peer.training(Data.subject(Undropped.of(network.get()), batch, Mode.TRAINING, threads));
    }

    /** There is three times as much code, and it is called less often. */
    @Override
    public int warmUp() {
        return 3;
    }

    @Override
    public int checkedSteps() {
        return 3;
    }

    @Override
    public double tolerance() {
        return 1e-3;
    }
}
