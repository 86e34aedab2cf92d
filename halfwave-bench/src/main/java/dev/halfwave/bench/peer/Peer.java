package dev.halfwave.bench.peer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A library that can do some of the work. What it cannot do it leaves as it is here, which the table reports.
 *
 * <p>To add one: a directory under {@code halfwave-bench/peers} with a pom, a class that implements this, and its name in
 * {@code META-INF/services}. An adapter gives its library the best ordinary settings: thread counts, graph optimisation, no copy in a
 * step that a user would not make.
 */
public interface Peer {
    /** What the table calls it, with its version. */
    String title();

    /** Prepares to compute the subject's logits from its images, as for prediction. */
    default Running inference(Subject subject) {
        throw new UnsupportedOperationException(title() + " has no adapter for inference");
    }

    /** Prepares to take training steps: forward, softmax cross-entropy, backward, Adam with a rate of 1e-3. */
    default Running training(Subject subject) {
        throw new UnsupportedOperationException(title() + " has no adapter for training");
    }

    /**
     * Writes the subject as a model file of the library's own kind.
     *
     * @throws IOException if the file cannot be written
     */
    default void save(Subject subject, Path file) throws IOException {
        throw new UnsupportedOperationException(title() + " has no adapter for model files");
    }

    /**
     * Reads what {@link #save} wrote and predicts once, as a program does that has just been started.
     *
     * @throws IOException if the file cannot be read
     */
    default void predictOnce(Path file, Subject.Samples samples) throws IOException {
        throw new UnsupportedOperationException(title() + " has no adapter for model files");
    }
}
