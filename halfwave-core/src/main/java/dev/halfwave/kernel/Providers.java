package dev.halfwave.kernel;

import dev.halfwave.kernel.scalar.ScalarKernels;

/** Placeholder until the choice of providers is merged. */
public final class Providers {
    private static final Kernels SCALAR = new ScalarKernels();

    private Providers() {}

    /** The kernels that everything uses. */
    public static Kernels active() {
        return SCALAR;
    }

    /** The provider in plain Java. */
    public static Kernels scalar() {
        return SCALAR;
    }
}
