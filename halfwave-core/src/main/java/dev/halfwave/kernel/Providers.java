package dev.halfwave.kernel;

/** Placeholder until the providers are merged. */
public final class Providers {
    private Providers() {}

    /** The kernels that everything uses. */
    public static Kernels active() {
        throw new UnsupportedOperationException("no kernels yet");
    }
}
