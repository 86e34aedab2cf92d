package dev.halfwave.graph;

/** What becomes of a value that a graph exists to compute. */
public sealed interface Result {
    /**
     * It is read by the caller.
     *
     * @param name the name to read it by
     */
    record Output(String name) implements Result {}

    /**
     * It replaces a parameter once the run is committed, as a moving average does.
     *
     * @param parameter the parameter's key
     */
    record Update(String parameter) implements Result {}

    /**
     * It is the loss's gradient with respect to a parameter.
     *
     * @param parameter the parameter's key
     */
    record Gradient(String parameter) implements Result {}
}
