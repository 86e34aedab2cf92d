package dev.halfwave.bench.peer;

/** Something prepared, to be done again and again on the same data. */
public interface Running extends AutoCloseable {
    /** Does it once: one prediction, or one training step. The result stays where the library has it. */
    void step();

    /**
     * What the last step computed: logits in Halfwave's order of axes, channels last, or the loss as the only element. Empty if it is
     * nothing that others compute too.
     */
    float[] result();

    @Override
    default void close() {}
}
