package dev.halfwave.graph;

import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each parameter stands in one array: trainable ones first, then statistics, each on a 64-byte line.
 *
 * <p>Gradients and optimizer state use the same layout, so that an update is one pass over a few arrays.
 */
public final class ParameterLayout {
    /** The first offset: an array's data starts 16 bytes into the object, so 12 floats on is a 64-byte line. */
    private static final int START = 12;

    /** Every parameter starts at a multiple of this many floats from the first. */
    public static final int LINE = 16;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final int trainableEnd;
    private final int length;

    private ParameterLayout(List<Source.Parameter> parameters) {
        int end = place(parameters, true, START);
        trainableEnd = end;
        length = place(parameters, false, end);
    }

    /** The layout of a graph's parameters. */
    public static ParameterLayout of(Graph graph) {
        return new ParameterLayout(graph.parameters());
    }

    private int place(List<Source.Parameter> parameters, boolean trainable, int start) {
        int offset = start;
        for (Source.Parameter parameter : parameters) {
            if (parameter.trainable() == trainable) {
                entries.put(parameter.key(), new Entry(parameter, offset));
                int lines = (parameter.shape().elements() + LINE - 1) / LINE;
                offset = Math.addExact(offset, Math.multiplyExact(lines, LINE));
            }
        }
        return offset;
    }

    /** The parameters with their places, trainable ones first. */
    public List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    /**
     * The place of a parameter.
     *
     * @throws IllegalArgumentException if it has none here
     */
    public Entry entry(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            throw new IllegalArgumentException("parameters: expected one of " + entries.keySet() + ", received \"" + key
                    + "\"; the program and the parameters belong to different networks");
        }
        return entry;
    }

    /** Where the trainable parameters start. */
    public int trainableStart() {
        return START;
    }

    /** Behind the last trainable parameter. */
    public int trainableEnd() {
        return trainableEnd;
    }

    /** The length of the array. */
    public int length() {
        return length;
    }

    /**
     * One parameter's place.
     *
     * @param parameter what stands there
     * @param offset the index of its first element
     */
    public record Entry(Source.Parameter parameter, int offset) {
        /** Its name. */
        public String key() {
            return parameter.key();
        }

        /** Its sizes. */
        public Shape shape() {
            return parameter.shape();
        }
    }
}
