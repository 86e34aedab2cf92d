package dev.halfwave.nn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.halfwave.activation.Activation;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;

/**
 * A network as JSON: its name, its sample shape, and its layers with their components, as they are kept in the metadata
 * of a saved model.
 *
 * <pre>{@code
 * {"name": "tiny", "sample": [28, 28, 1], "body": {"type": "sequential", "layers": [{"type": "flatten"}, …]}}
 * }</pre>
 */
public final class Description {
    private Description() {}

    /**
     * The description of a network.
     *
     * @throws IllegalArgumentException if it holds a layer of a type unknown to Halfwave
     */
    public static String of(Network network) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("name", network.name());
            json.writeFieldName("sample");
            write(json, network.sample(), Shape.class);
            json.writeFieldName("body");
            write(json, network.body(), Layer.class);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a string takes everything
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value, Class<?> declared) throws IOException {
        if (value instanceof Activation activation) {
            json.writeString(activation.spec());
        } else if (value instanceof Enum<?> constant) {
            json.writeString(constant.name());
        } else if (value instanceof Shape shape) {
            json.writeArray(shape.sizes(), 0, shape.rank());
        } else if (value instanceof Indices indices) {
            json.writeArray(indices.toArray(), 0, indices.size());
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element, Layer.class);
            }
            json.writeEndArray();
        } else if (value instanceof Record || Layers.isNamed(declared)) {
            writeRecord(json, value, Layers.isNamed(declared));
        } else {
            json.writePOJO(value);
        }
    }

    private static void writeRecord(JsonGenerator json, Object value, boolean named) throws IOException {
        json.writeStartObject();
        if (named) {
            json.writeStringField("type", Layers.name(value));
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            json.writeFieldName(component.getName());
            write(json, component(value, component), component.getType());
        }
        json.writeEndObject();
    }

    /** What a record holds under a name. */
    static Object component(Object value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException unreadable) {
            throw new IllegalArgumentException("description: cannot read " + component + " of " + value, unreadable);
        }
    }

    /**
     * The network that a description describes.
     *
     * @throws IllegalArgumentException if the text is not a description, names an unknown layer, or describes layers that do
     *     not fit together
     */
    public static Network parse(String text) {
        return new DescriptionReader(text).network();
    }

    /** Reads whole numbers from a list. */
    static int[] numbers(List<?> list) {
        return list.stream().mapToInt(number -> ((Number) number).intValue()).toArray();
    }
}
