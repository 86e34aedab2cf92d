package dev.halfwave.bench.work;

import dev.halfwave.bench.peer.Peer;
import dev.halfwave.bench.peer.Running;
import dev.halfwave.bench.peer.Subject;
import dev.halfwave.graph.Mode;
import dev.halfwave.nn.Network;
import java.util.List;
import java.util.function.Supplier;

/**
 * One forward pass.
 *
 * @param name what the table calls it
 * @param network what predicts
 * @param batch how many images at once
 * @param peers with whom it is compared
 * @param quick whether {@code --quick} includes it
 */
record Inference(String name, Supplier<Network> network, int batch, List<String> peers, boolean quick) implements Work {
    @Override
    public Running timed(Peer peer, int threads) {
        return peer.inference(subject(threads));
    }

    @Override
    public Running checked(Peer peer, int threads) {
        return timed(peer, threads);
    }

    Subject subject(int threads) {
        return Data.subject(network.get(), batch, Mode.INFERENCE, threads);
    }

    @Override
    public int checkedSteps() {
        return 1;
    }

    @Override
    public double tolerance() {
        return 1e-4;
    }
}
