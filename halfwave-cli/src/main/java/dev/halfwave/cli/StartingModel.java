package dev.halfwave.cli;

import dev.halfwave.activation.Activations;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.ImageOptions;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.onnx.Classifier;
import dev.halfwave.onnx.ModelFiles;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.Pixels;
import dev.halfwave.tensor.Shape;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What training starts from: a new network by its name, or a model in a file.
 *
 * @param model the name, or the file's path
 * @param head how many classes a new last layer is to have; 0 to keep the file's
 * @param pixels what the file's model expects for pixels; empty for what the file says
 * @param initializer what a new network's first weights are drawn by, as {@link FirstWeights} names it
 */
record StartingModel(String model, int head, String pixels, String initializer) {
    /** Whether it is a file rather than a network's name. */
    boolean isFile() {
        return ModelFiles.isOnnx(Path.of(model));
    }

    /** A short name for it, as for a folder of results. */
    String shortName() {
        return isFile() ? String.valueOf(Path.of(model).getFileName()).replaceFirst("(?i)\\.onnx$", "") : model;
    }

    /** The form of the images that a file's model takes. */
    Optional<ImageOptions> images() {
        if (!isFile()) {
            return Optional.empty();
        }
        Shape sample = classifier(0).network().sample();
        return sample.rank() == 3
                ? Optional.of(new ImageOptions(sample.size(0), sample.size(1), sample.size(2)))
                : Optional.empty();
    }

    /**
     * The model.
     *
     * @param activation of the hidden layers of a new network
     * @param seed what first weights are drawn from
     */
    Model start(Dataset dataset, String activation, long seed) {
        if (!isFile()) {
            Network network =
                    Networks.of(model, dataset.sampleShape(), dataset.classes().size(), Activations.of(activation));
            return FirstWeights.of(initializer, Model.initialized(network, dataset.classes(), seed), dataset, seed);
        }
        Classifier classifier = classifier(seed);
        Model loaded = classifier.named(classifier.model(), dataset.classes());
        if (loaded.classes().size() != dataset.classes().size()) {
            throw new IllegalArgumentException(
                    model + ": expected a model of the " + dataset.classes().size()
                            + " classes of " + dataset.name() + ", received one of "
                            + loaded.classes().size() + "; replace its last layer with --replace-head "
                            + dataset.classes().size());
        }
        return loaded;
    }

    private Classifier classifier(long seed) {
        OnnxModel file = OnnxModel.load(Path.of(model));
        Classifier classifier = Classifier.of(head == 0 ? file : file.withHead(head, seed));
        return pixels.isEmpty() ? classifier : classifier.withPixels(new Pixels(pixels));
    }
}
