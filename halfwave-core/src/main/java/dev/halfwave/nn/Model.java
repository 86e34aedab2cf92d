package dev.halfwave.nn;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.format.SafeTensors;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network with its numbers and the names of its classes: what is saved, loaded, and predicts.
 *
 * <p>It is kept in a sealed safetensors file whose metadata holds the network's {@link Description}, as checkpoints are;
 * other tools read it once it is written as ONNX. Images are fed with pixels from 0 to 1.
 *
 * <pre>{@code
 * Model model = Model.load(Path.of("runs/checkpoint.safetensors"));
 * Tensor probabilities = model.predictor(WorkerPool.shared()).probabilities(images);
 * }</pre>
 *
 * @param network the architecture
 * @param parameters its numbers, in the network's layout
 * @param classes one name per logit
 */
public record Model(Network network, Parameters parameters, List<String> classes) {
    private static final String NETWORK = "halfwave.network";
    private static final String CLASSES = "halfwave.classes";

    /** @throws IllegalArgumentException if there are not as many classes as logits */
    public Model {
        classes = List.copyOf(classes);
        Shape output = network.output();
        if (!output.equals(Shape.of(classes.size()))) {
            throw new IllegalArgumentException("model: expected one logit per class " + classes
                    + ", received an output " + output + " per sample from network " + network.name());
        }
    }

    /** A network with first values drawn by its initializers. */
    public static Model initialized(Network network, List<String> classes, long seed) {
        return new Model(network, Parameters.initialized(network.layout(), seed), classes);
    }

    /** What predicts with this model on the given threads. */
    public Predictor predictor(WorkerPool pool) {
        return predictor(pool, Providers.active());
    }

    /**
     * What predicts for some images in a process that does nothing else: for little work with the kernels that answer
     * soonest, which are the scalar ones. Their results differ from others' in rounding.
     *
     * @param images for how many images
     */
    public Predictor predictorOnce(int images, WorkerPool pool) {
        long flops = network.graph(1, Mode.INFERENCE).flops();
        return predictor(pool, Providers.forOnce(images * flops));
    }

    /** The same with other kernels, such as {@link Kernels#exact} ones. */
    public Predictor predictor(WorkerPool pool, Kernels kernels) {
        return new Predictor(this, pool, kernels);
    }

    /**
     * Writes the model; a file that is there is replaced in one step.
     *
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void save(Path file) {
        toFile(Map.of(), Map.of()).writeSealed(file);
    }

    /** The model as a file's content, together with what else that file should hold. */
    public SafeTensors toFile(Map<String, Tensor> moreTensors, Map<String, String> moreMetadata) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.toMap());
        tensors.putAll(moreTensors);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(NETWORK, Description.of(network));
        metadata.put(CLASSES, JsonStrings.write(classes));
        metadata.putAll(moreMetadata);
        return new SafeTensors(tensors, metadata);
    }

    /**
     * Reads a model, also from a checkpoint.
     *
     * @throws ModelFormatException if the file is damaged or holds no model of ours
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Model load(Path file) {
        return SafeTensors.readSealed(file, content -> from(content, file.toString()));
    }

    /**
     * The model that a file's content holds.
     *
     * @param where what messages call the file
     * @throws ModelFormatException if it holds none
     */
    public static Model from(SafeTensors content, String where) {
        try {
            Network network = Description.parse(text(content, NETWORK, where));
            List<String> classes = JsonStrings.read(text(content, CLASSES, where));
            ParameterLayout layout = network.layout();
            Parameters parameters = new Parameters(layout);
            for (ParameterLayout.Entry entry : layout.entries()) {
                parameters.set(entry.key(), tensor(content, entry, where));
            }
            return new Model(network, parameters, classes);
        } catch (IllegalArgumentException misfit) {
            throw new ModelFormatException(
                    where + ": expected a Halfwave model, received one that does not fit" + " together: "
                            + misfit.getMessage(),
                    misfit);
        }
    }

    private static String text(SafeTensors content, String key, String where) {
        String text = content.metadata().get(key);
        if (text == null) {
            throw new ModelFormatException(where + ": expected \"" + key + "\" in the metadata, received "
                    + content.metadata().keySet() + "; this file was not written by halfwave train");
        }
        return text;
    }

    private static Tensor tensor(SafeTensors content, ParameterLayout.Entry entry, String where) {
        Tensor tensor = content.tensors().get(entry.key());
        if (tensor == null || !tensor.shape().equals(entry.shape())) {
            throw new ModelFormatException(
                    where + ": expected a tensor \"" + entry.key() + "\" of shape " + entry.shape() + ", received "
                            + (tensor == null ? "none" : tensor.shape()) + "; this is another network's file");
        }
        return tensor;
    }
}
