package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** A dataset whose sample i is of class {@code labels[i]} and consists of the number i and the label. */
class Numbered implements Dataset {
    private final int[] labels;
    private final int classes;

    Numbered(int classes, int... labels) {
        this.classes = classes;
        this.labels = labels;
    }

    static Numbered of(int size) {
        return new Numbered(10, IntStream.range(0, size).map(i -> i * 7 % 10).toArray());
    }

    @Override
    public String name() {
        return "numbered";
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Shape sampleShape() {
        return Shape.of(1, 2, 1);
    }

    @Override
    public List<String> classes() {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public void read(int index, float[] into, int offset) {
        Objects.checkIndex(index, size());
        into[offset] = index;
        into[offset + 1] = labels[index];
    }
}
