package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import java.util.List;

/** Some samples of another dataset, by their indices there. */
final class Subset implements Dataset {
    private final Dataset whole;
    private final int[] indices;

    Subset(Dataset whole, int[] indices) {
        if (indices.length == 0) {
            throw new IllegalArgumentException(whole.name() + ": expected at least one index, received none");
        }
        for (int index : indices) {
            if (index < 0 || index >= whole.size()) {
                throw new IllegalArgumentException(
                        whole.name() + ": expected indices from 0 to " + (whole.size() - 1) + ", received " + index);
            }
        }
        this.whole = whole;
        this.indices = indices.clone();
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public Shape sampleShape() {
        return whole.sampleShape();
    }

    @Override
    public List<String> classes() {
        return whole.classes();
    }

    @Override
    public int label(int index) {
        return whole.label(indices[index]);
    }

    @Override
    public void read(int index, float[] into, int offset) {
        whole.read(indices[index], into, offset);
    }
}
