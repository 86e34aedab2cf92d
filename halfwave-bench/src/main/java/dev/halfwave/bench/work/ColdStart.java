package dev.halfwave.bench.work;

import dev.halfwave.bench.peer.Peer;
import dev.halfwave.bench.peer.Running;
import dev.halfwave.bench.peer.Subject;
import dev.halfwave.graph.Mode;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * From starting a process to its first prediction, model file and all; timed from outside.
 *
 * <p>Halfwave's launcher keeps an archive of the classes that a command loads, so its own processes have one. Peers have
 * none, as their users start them; or, for comparison, one made in the same way.
 *
 * @param name what the table calls it
 * @param network what predicts
 * @param sample the shape of one image
 * @param peers with whom it is compared
 * @param archived whether peers have an archive of their classes, too
 * @param quick whether {@code --quick} includes it
 */
public record ColdStart(
        String name, Supplier<Network> network, Shape sample, List<String> peers, boolean archived, boolean quick)
        implements Work {
    @Override
    public int batch() {
        return 1;
    }

    @Override
    public Measure measure() {
        return Measure.COLD_START;
    }

    /** The command for a worker to save the model. */
    public String saving(Path file) {
        return "save " + key() + " " + file;
    }

    /** The command for a worker to predict once with the saved model; looks nothing up, as that would be timed, too. */
    public String predicting(Path file) {
        return "predict " + file + " "
                + IntStream.range(0, sample.rank())
                        .mapToObj(axis -> Integer.toString(sample.size(axis)))
                        .collect(Collectors.joining(" "));
    }

    void save(Peer peer, Path file) throws IOException {
        peer.save(Data.subject(network.get(), batch(), Mode.INFERENCE, 1), file);
    }

    /** What {@link #predicting} makes a worker do; its words. */
    static void predict(Peer peer, String[] words) throws IOException {
        int[] sizes = new int[words.length - 2];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Integer.parseInt(words[i + 2]);
        }
        Tensor image = Data.images(Shape.of(sizes).prepend(1));
        peer.predictOnce(Path.of(words[1]), new Subject.Samples(image, List.of()));
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
