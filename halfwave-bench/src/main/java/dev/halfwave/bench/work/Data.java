package dev.halfwave.bench.work;

import dev.halfwave.bench.peer.Subject;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The same images and weights in every process. */
final class Data {
    private static final long SEED = 42;

    private Data() {}

    static Subject subject(Network network, int batch, Mode mode, int threads) {
        Subject.Samples samples = samples(network, batch);
        return new Subject(network, network.graph(batch, mode), parameters(network), samples, threads);
    }

    static Subject.Samples samples(Network network, int batch) {
        Tensor images = images(network.sample().prepend(batch));
        int classes = network.output().size(-1);
        return new Subject.Samples(
                images, IntStream.range(0, batch).mapToObj(i -> i % classes).toList());
    }

    /** Pixels between -1 and 1. */
    static Tensor images(Shape shape) {
        Tensor images = Tensor.zeros(shape);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = (float) (2 * random.nextDouble() - 1);
        }
        return images;
    }

    /** Weights as their layers draw them, and everything else a little off its usual value, so that whatever is mixed up shows. */
    private static Parameters parameters(Network network) {
        Parameters parameters = new Parameters(network.layout());
        for (ParameterLayout.Entry entry : parameters.layout().entries()) {
            SplittableRandom random = new SplittableRandom(SEED + entry.key().hashCode());
            if (entry.shape().rank() > 1) {
                Initializer initializer = entry.parameter().initializer();
                initializer.fill(entry.shape(), parameters.data(), entry.offset(), random);
            } else {
                String key = entry.key();
                double usual = key.endsWith(".gamma") || key.endsWith(".variance") ? 1 : 0;
                for (int i = 0; i < entry.shape().elements(); i++) {
                    parameters.data()[entry.offset() + i] = (float) (usual + 0.2 * (random.nextDouble() - 0.5));
                }
            }
        }
        parameters.changed();
        return parameters;
    }
}
