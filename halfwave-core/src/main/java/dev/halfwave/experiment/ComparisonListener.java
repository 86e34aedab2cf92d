package dev.halfwave.experiment;

import dev.halfwave.activation.Activation;

/** Someone who watches a comparison. Every method does nothing unless overridden. */
public interface ComparisonListener {
    /**
     * A learning rate was tried.
     *
     * @param done how many trials are done
     * @param of how many there are in all
     */
    default void tried(Activation activation, Trial trial, int done, int of) {}

    /**
     * A run came to its end.
     *
     * @param done how many runs are done
     * @param of how many there are in all
     */
    default void ran(Activation activation, Run run, int done, int of) {}
}
