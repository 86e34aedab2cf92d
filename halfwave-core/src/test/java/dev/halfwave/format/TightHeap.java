package dev.halfwave.format;

import java.io.IOException;
import java.nio.file.Path;

/** A process that reads each file that is an argument, and prints the text of each refusal. */
final class TightHeap {
    private TightHeap() {}

    public static void main(String[] arguments) throws IOException {
        for (String file : arguments) {
            try {
                Child.announce(SafeTensors.read(Path.of(file)).tensors().keySet());
            } catch (ModelFormatException e) {
                Child.announce(e.getMessage());
            }
        }
    }
}
