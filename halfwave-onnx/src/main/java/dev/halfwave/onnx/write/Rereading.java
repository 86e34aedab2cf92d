package dev.halfwave.onnx.write;

import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.nn.Description;
import dev.halfwave.nn.JsonStrings;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.proto.StringStringEntryProto;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads back what {@link OnnxWriter} wrote: the same network of the same layers, with the same numbers to the last bit.
 *
 * <p>The network is built from its description in the metadata and written once more; if the file's graph is that, each
 * weight is put back into the order it has in Halfwave. A file whose graph was changed since is read as anybody else's.
 */
public final class Rereading {
    private Rereading() {}

    /**
     * The model that was written, or nothing if this file is another's or was changed.
     *
     * @param file the whole file
     * @param numbers what an initializer of the given name holds
     */
    public static Optional<Model> of(ModelProto file, Function<String, Tensor> numbers) {
        Map<String, String> metadata = file.getMetadataPropsList().stream()
                .collect(Collectors.toMap(
                        StringStringEntryProto::getKey, StringStringEntryProto::getValue, (first, second) -> first));
        String description = metadata.get(OnnxWriter.NETWORK);
        if (description == null) {
            return Optional.empty();
        }
        try {
            Network network = Description.parse(description);
            return parameters(network, file, numbers)
                    .map(parameters -> new Model(network, parameters, classes(network, metadata)));
        } catch (IllegalArgumentException stale) {
            return Optional.empty(); // a later version's layers, or text that somebody changed
        }
    }

    private static List<String> classes(Network network, Map<String, String> metadata) {
        String named = metadata.get(OnnxWriter.CLASSES);
        if (named != null) {
            return JsonStrings.read(named);
        }
        int outputs = network.output().elements();
        return IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
    }

    private static Optional<Parameters> parameters(Network network, ModelProto file, Function<String, Tensor> numbers) {
        Parameters parameters = new Parameters(network.layout());
        Writing again = OnnxWriter.written(network, parameters);
        if (!again.proto().getNodeList().equals(file.getGraph().getNodeList())) {
            return Optional.empty();
        }
        Map<String, Initializers.Stored> stored = new HashMap<>();
        again.initializers().stored().forEach(weight -> stored.putIfAbsent(weight.key(), weight));
        for (ParameterLayout.Entry entry : parameters.layout().entries()) {
            Initializers.Stored weight = stored.get(entry.key());
            if (weight == null) {
                return Optional.empty();
            }
            parameters.set(entry.key(), restored(weight, numbers.apply(weight.name()), entry.shape()));
        }
        return Optional.of(parameters);
    }

    private static Tensor restored(Initializers.Stored weight, Tensor written, Shape shape) {
        if (!written.shape().equals(weight.form().shape())) {
            throw new IllegalArgumentException(
                    weight.name() + ": expected shape " + weight.form().shape() + ", received " + written.shape());
        }
        return weight.form().undo(written, shape);
    }
}
