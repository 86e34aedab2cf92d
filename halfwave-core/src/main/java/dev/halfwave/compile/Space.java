package dev.halfwave.compile;

/** The arrays that a running program reads and writes. */
enum Space {
    /** Everything that lives within one run. */
    ARENA,
    /** The network's parameters, in their layout. */
    PARAMETERS,
    /** The gradients of the trainable parameters, in the same layout. */
    GRADIENTS,
    /** Fixed tensors, shared by all sessions. */
    CONSTANTS,
    /** What is derived from parameters or constants once and kept. */
    PREPARED,
    /** What the caller feeds in; a number tells which input. */
    INPUT
}
