package dev.halfwave.tuning;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.WrappedKernel;

/** A kernel that says that it was measured. */
final class MeasuredKernel extends WrappedKernel {
    MeasuredKernel(BilinearKernel kernel) {
        super(kernel);
    }

    @Override
    public String algorithm() {
        return inner.algorithm() + ", measured";
    }
}
