package dev.halfwave.nn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Description} writes: first plain maps and lists, then records by their components' types. */
final class DescriptionReader {
    private final String text;

    DescriptionReader(String text) {
        this.text = text;
    }

    Network network() {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            Map<?, ?> root = expect(Map.class, tree(json), "an object");
            String name = expect(String.class, root.get("name"), "a name");
            List<?> sample = expect(List.class, root.get("sample"), "a list of sizes as \"sample\"");
            return new Network(
                    name, Shape.of(Description.numbers(sample)), (Layer) record(root.get("body"), Layer.class));
        } catch (IOException | ClassCastException malformed) {
            throw new IllegalArgumentException(
                    "description: expected a network as JSON, received " + excerpt(), malformed);
        }
    }

    private String excerpt() {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static @Nullable Object tree(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                map.put(key, tree(json));
            }
            return map;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(tree(json));
            }
            return list;
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return json.getBooleanValue();
        }
        return token != null && token.isNumeric() ? (Object) json.getNumberValue() : json.getValueAsString();
    }

    private <T> T expect(Class<T> type, @Nullable Object value, String what) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "description: expected " + what + ", received " + value + " in " + excerpt());
        }
        return type.cast(value);
    }

    private Object value(@Nullable Object raw, Class<?> type) {
        if (type == Activation.class) {
            return Activations.of(expect(String.class, raw, "an activation"));
        }
        if (type == int.class) {
            return expect(Number.class, raw, "a number").intValue();
        }
        if (type == double.class) {
            return expect(Number.class, raw, "a number").doubleValue();
        }
        if (type == boolean.class) {
            return expect(Boolean.class, raw, "true or false");
        }
        if (type == String.class) {
            return expect(String.class, raw, "a text");
        }
        if (type.isEnum()) {
            return constant(type, expect(String.class, raw, "a name"));
        }
        if (type == Shape.class) {
            return Shape.of(Description.numbers(expect(List.class, raw, "a list of sizes")));
        }
        if (type == Indices.class) {
            return Indices.of(Description.numbers(expect(List.class, raw, "a list of positions")));
        }
        if (type == List.class) {
            List<?> elements = expect(List.class, raw, "a list of layers");
            return elements.stream()
                    .map(element -> record(element, Layer.class))
                    .toList();
        }
        return record(raw, type);
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("description: expected one of "
                        + Arrays.toString(type.getEnumConstants()) + ", received " + name));
    }

    private Object record(@Nullable Object raw, Class<?> declared) {
        Map<?, ?> map = expect(Map.class, raw, "an object");
        Class<?> type =
                Layers.isNamed(declared) ? Layers.type(expect(String.class, map.get("type"), "a type")) : declared;
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = value(map.get(components[i].getName()), components[i].getType());
        }
        return construct(type, components, arguments);
    }

    /** A record of the given type and values. */
    static Object construct(Class<?> type, RecordComponent[] components, Object[] arguments) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException because) {
                throw because;
            }
            throw new IllegalArgumentException("description: cannot make a " + type.getSimpleName(), refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalArgumentException("description: cannot make a " + type.getSimpleName(), impossible);
        }
    }
}
