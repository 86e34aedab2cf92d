package dev.halfwave.format;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A process that writes one checkpoint over the other and announces each, until it is killed or has written enough.
 *
 * <p>Arguments: the file, the counter of the first checkpoint, and how many to write.
 */
final class CheckpointLoop {
    private CheckpointLoop() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        int first = Integer.parseInt(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        for (int counter = first; counter < first + count; counter++) {
            checkpoint(counter).writeSealed(file);
            Child.announce(counter);
        }
    }

    /** A checkpoint that shows in every element which it is; the counter has to be one that float32 holds. */
    static SafeTensors checkpoint(int counter) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv", Tensor.full(Shape.of(32, 3, 3, 32), counter));
        tensors.put("dense", Tensor.full(Shape.of(100, 160), -counter));
        return new SafeTensors(tensors, Map.of("counter", Integer.toString(counter)));
    }

    /** The counter of a checkpoint that was read. */
    static int counter(SafeTensors checkpoint) {
        return Integer.parseInt(checkpoint.metadata().getOrDefault("counter", "-1"));
    }
}
