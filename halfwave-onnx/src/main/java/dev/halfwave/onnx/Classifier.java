package dev.halfwave.onnx;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.nn.JsonStrings;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.onnx.file.Brief;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.onnx.write.OnnxWriter;
import dev.halfwave.onnx.write.Rereading;
import dev.halfwave.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model that takes images {@code [N, C, H, W]}, or rows {@code [N, C]}, and gives a number for each class.
 *
 * @param file the model
 * @param pixels what it expects for pixels
 * @param classes the classes' names; null for numbers
 */
public record Classifier(
        OnnxModel file, Pixels pixels, @Nullable List<String> classes) {
    /** More classes than any data has; what gives more numbers is no classifier. */
    private static final int MOST_CLASSES = 1 << 18;

    /**
     * A model with what its file says about itself.
     *
     * @throws ModelFormatException if that cannot be understood
     */
    public static Classifier of(OnnxModel file) {
        try {
            String pixels = file.metadata().get(OnnxWriter.PIXELS);
            String classes = file.metadata().get(OnnxWriter.CLASSES);
            return new Classifier(
                    file,
                    pixels == null ? Pixels.UNIT : new Pixels(pixels),
                    classes == null ? null : JsonStrings.read(classes));
        } catch (IllegalArgumentException unreadable) {
            throw new ModelFormatException(
                    file.where() + ": " + Brief.of(String.valueOf(unreadable.getMessage())), unreadable);
        }
    }

    /** The same for other pixels. */
    public Classifier withPixels(Pixels other) {
        return new Classifier(file, other, classes);
    }

    /** The {@link #model} with these names for its classes, if it has as many and the file none of its own. */
    public Model named(Model model, List<String> names) {
        return classes == null && names.size() == model.classes().size()
                ? new Model(model.network(), model.parameters(), names)
                : model;
    }

    /**
     * The model as a network, which can be compiled, inspected, trained.
     *
     * @throws ModelFormatException if it does not take one batch of images or rows
     */
    public Network network() {
        Port input = input();
        int[] sizes =
                input.dims().stream().skip(1).mapToInt(dim -> (int) dim.size()).toArray();
        boolean open = IntStream.of(sizes).anyMatch(size -> size < 0);
        if (open || sizes.length != 3 && sizes.length != 1) {
            throw new ModelFormatException(file.where() + ": expected images [N, C, H, W] of a fixed size as the input,"
                    + " received " + input + "; use run for other models");
        }
        Shape sample = sizes.length == 3 ? Shape.of(sizes[1], sizes[2], sizes[0]) : Shape.of(sizes);
        try {
            return new Network(name(), sample, OnnxLayer.of(file.proto(), pixels));
        } catch (IllegalArgumentException misfit) {
            throw new ModelFormatException(file.where() + ": " + Brief.of(String.valueOf(misfit.getMessage())), misfit);
        }
    }

    private Port input() {
        List<Port> inputs =
                file.inputs().stream().filter(port -> !file.isDeciding(port)).toList();
        if (inputs.size() != 1 || file.inputs().size() != 1 || !inputs.get(0).ranked()) {
            throw new ModelFormatException(file.where() + ": expected a model with one input, received inputs "
                    + file.inputs() + "; use run for other models");
        }
        return inputs.get(0);
    }

    private String name() {
        Path name = Path.of(file.where()).getFileName();
        return String.valueOf(name).replaceFirst("\\.onnx$", "");
    }

    /**
     * The network with the file's numbers. A file that Halfwave wrote comes back as the network it was, dropout included.
     *
     * @throws ModelFormatException if it is no classifier
     */
    public Model model() {
        try {
            Optional<Model> own = pixels.equals(Pixels.UNIT)
                    ? Rereading.of(file.proto(), name -> file.literal(name).tensor())
                    : Optional.empty();
            return own.orElseGet(this::imported);
        } catch (OutOfMemoryError none) {
            throw Room.tooLarge(file.where(), Runtime.getRuntime().maxMemory());
        }
    }

    private Model imported() {
        Network network = network();
        return model(network, parameters(network.layout()));
    }

    private Parameters parameters(ParameterLayout layout) {
        Room.check(file.where(), 4L * layout.length());
        Parameters parameters = new Parameters(layout);
        for (ParameterLayout.Entry entry : layout.entries()) {
            parameters.set(entry.key(), file.literal(entry.key()).tensor());
        }
        return parameters;
    }

    private Model model(Network network, Parameters parameters) {
        int outputs = network.output().elements();
        if (classes == null && outputs > MOST_CLASSES) {
            throw new ModelFormatException(file.where() + ": expected a number for each of at most " + MOST_CLASSES
                    + " classes, received " + network.output() + "; use run for other models");
        }
        List<String> names = classes == null
                ? IntStream.range(0, outputs).mapToObj(Integer::toString).toList()
                : classes;
        try {
            return new Model(network, parameters, names);
        } catch (IllegalArgumentException misfit) {
            throw new ModelFormatException(file.where() + ": " + Brief.of(String.valueOf(misfit.getMessage())), misfit);
        }
    }
}
