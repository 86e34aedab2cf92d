package dev.halfwave.graph;

/** What a network is built for: a few layers are other ops in training than in use. */
public enum Mode {
    /** Batch statistics, dropout, everything random switched on. */
    TRAINING,
    /** Running statistics, nothing random. */
    INFERENCE
}
