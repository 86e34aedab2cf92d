package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Objects;

/** Images of 8 bits per channel in one array, one after the other. */
final class PackedImages implements Dataset {
    private final String name;
    private final Shape sampleShape;
    private final List<String> classes;
    private final byte[] pixels;
    private final byte[] labels;

    /** Labels are unsigned bytes, which the caller has checked against the classes. */
    PackedImages(String name, Shape sampleShape, List<String> classes, byte[] pixels, byte[] labels) {
        this.name = name;
        this.sampleShape = sampleShape;
        this.classes = List.copyOf(classes);
        this.pixels = pixels;
        this.labels = labels;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Shape sampleShape() {
        return sampleShape;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return labels[index] & 0xff;
    }

    @Override
    public void read(int index, float[] into, int offset) {
        Objects.checkIndex(index, size());
        int elements = sampleShape.elements();
        Pixels.scale(pixels, index * elements, into, offset, elements);
    }
}
