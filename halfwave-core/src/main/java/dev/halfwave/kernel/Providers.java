package dev.halfwave.kernel;

/** Placeholder until the providers exist. */
public final class Providers {
    private Providers() {}
}
