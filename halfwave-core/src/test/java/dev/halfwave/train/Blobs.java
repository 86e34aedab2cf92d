package dev.halfwave.train;

import dev.halfwave.data.Dataset;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.SplittableRandom;

/** Three easily told classes of 8×8 pictures: a bright bar at the top, in the middle, or at the bottom, in noise. */
record Blobs(int size, long seed) implements Dataset {
    @Override
    public String name() {
        return "blobs";
    }

    @Override
    public Shape sampleShape() {
        return Shape.of(8, 8, 1);
    }

    @Override
    public List<String> classes() {
        return List.of("top", "middle", "bottom");
    }

    @Override
    public int label(int index) {
        return index % 3;
    }

    @Override
    public void read(int index, float[] into, int offset) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
        for (int i = 0; i < 64; i++) {
            boolean bar = i / 8 / 3 == label(index);
            into[offset + i] = (float) (random.nextDouble() * (bar ? 1 : 0.6));
        }
    }
}
