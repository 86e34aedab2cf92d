package dev.halfwave.onnx.file;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.onnx.proto.AttributeProto;
import dev.halfwave.onnx.proto.AttributeProto.AttributeType;
import dev.halfwave.onnx.proto.TensorProto;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node's attributes, by name.
 *
 * @param node whose they are
 */
public record Attributes(OnnxNode node) {
    /** Whether the attribute is there. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** A whole number. */
    public long integer(String name, long otherwise) {
        AttributeProto attribute = find(name);
        return attribute == null
                ? otherwise
                : expect(attribute, AttributeType.INT).getI();
    }

    /** A whole number that an int holds. */
    public int small(String name, int otherwise) {
        long value = integer(name, otherwise);
        if (value != (int) value) {
            throw wrong(name, "a number of at most 32 bits", Long.toString(value));
        }
        return (int) value;
    }

    /** Whether a number that stands for yes or no is not 0. */
    public boolean flag(String name, boolean otherwise) {
        return integer(name, otherwise ? 1 : 0) != 0;
    }

    /** A number. */
    public double number(String name, double otherwise) {
        AttributeProto attribute = find(name);
        return attribute == null
                ? otherwise
                : expect(attribute, AttributeType.FLOAT).getF();
    }

    /** A text. */
    public String text(String name, String otherwise) {
        AttributeProto attribute = find(name);
        return attribute == null
                ? otherwise
                : expect(attribute, AttributeType.STRING).getS().toStringUtf8();
    }

    /** Whole numbers; null if the attribute is not there. */
    public @Nullable List<Long> integers(String name) {
        AttributeProto attribute = find(name);
        return attribute == null ? null : expect(attribute, AttributeType.INTS).getIntsList();
    }

    /** Numbers; null if the attribute is not there. */
    public @Nullable List<Float> numbers(String name) {
        AttributeProto attribute = find(name);
        return attribute == null
                ? null
                : expect(attribute, AttributeType.FLOATS).getFloatsList();
    }

    /** Texts; null if the attribute is not there. */
    public @Nullable List<String> texts(String name) {
        AttributeProto attribute = find(name);
        return attribute == null
                ? null
                : expect(attribute, AttributeType.STRINGS).getStringsList().stream()
                        .map(text -> text.toStringUtf8())
                        .toList();
    }

    /** A tensor; null if the attribute is not there. */
    public @Nullable TensorProto tensor(String name) {
        AttributeProto attribute = find(name);
        return attribute == null
                ? null
                : expect(attribute, AttributeType.TENSOR).getT();
    }

    /**
     * One of several texts.
     *
     * @throws ModelFormatException if it is another
     */
    public String choice(String name, String otherwise, List<String> choices) {
        String text = text(name, otherwise);
        if (!choices.contains(text)) {
            throw wrong(name, "one of " + choices, "\"" + text + "\"");
        }
        return text;
    }

    private @Nullable AttributeProto find(String name) {
        for (AttributeProto attribute : node.proto().getAttributeList()) {
            if (attribute.getName().equals(name)) {
                return attribute;
            }
        }
        return null;
    }

    /** Old files leave the type out; then whatever is there counts. */
    private AttributeProto expect(AttributeProto attribute, AttributeType type) {
        if (attribute.hasType() && attribute.getType() != AttributeType.UNDEFINED && attribute.getType() != type) {
            throw wrong(attribute.getName(), "a value of type " + type, "one of type " + attribute.getType());
        }
        return attribute;
    }

    /** An attribute whose value does not do. */
    public ModelFormatException wrong(String name, String expected, String received) {
        return new ModelFormatException(
                node.where() + ", attribute " + name + ": expected " + expected + ", received " + received);
    }
}
