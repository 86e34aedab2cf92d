package dev.halfwave.bench.work;

import dev.halfwave.bench.peer.Peer;
import dev.halfwave.bench.peer.Running;
import java.util.List;

/**
 * The most memory that a process has while it trains; measured from outside.
 *
 * @param name what the table calls it
 * @param training what it does
 */
record PeakMemory(String name, TrainingStep training) implements Work {
    @Override
    public Measure measure() {
        return Measure.PEAK_MEMORY;
    }

    @Override
    public int batch() {
        return training.batch();
    }

    @Override
    public List<String> peers() {
        return training.peers();
    }

    @Override
    public boolean quick() {
        return training.quick();
    }

    @Override
    public Running timed(Peer peer, int threads) {
        return training.timed(peer, threads);
    }

    @Override
    public Running checked(Peer peer, int threads) {
        return training.checked(peer, threads);
    }

    @Override
    public int checkedSteps() {
        return training.checkedSteps();
    }

    @Override
    public double tolerance() {
        return training.tolerance();
    }
}
