package dev.halfwave.bench.work;

import dev.halfwave.bench.peer.Peer;
import dev.halfwave.bench.peer.Running;
import dev.halfwave.graph.Mode;
import dev.halfwave.nn.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * From starting a process to its first prediction, model file and all; timed from outside.
 *
 * @param name what the table calls it
 * @param network what predicts
 * @param batch how many images at once
 * @param peers with whom it is compared
 * @param quick whether {@code --quick} includes it
 */
record ColdStart(String name, Supplier<Network> network, int batch, List<String> peers, boolean quick) implements Work {
    @Override
    public Measure measure() {
        return Measure.COLD_START;
    }

    void save(Peer peer, Path file) throws IOException {
        peer.save(Data.subject(network.get(), batch, Mode.INFERENCE, 1), file);
    }

    void predict(Peer peer, Path file) throws IOException {
        peer.predictOnce(file, Data.samples(network.get(), batch));
    }

    @Override
    public Running timed(Peer peer, int threads) {
        throw new IllegalStateException(name + ": is timed from outside");
    }

    @Override
    public Running checked(Peer peer, int threads) {
        throw new IllegalStateException(name + ": computes what inference works check");
    }

    @Override
    public int checkedSteps() {
        return 0;
    }

    @Override
    public double tolerance() {
        return 0;
    }
}
