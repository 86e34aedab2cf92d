package dev.halfwave.kernel;

import java.util.function.Supplier;

/**
 * One of the ways to compute a {@link ConvPass}.
 *
 * @param name what it is called, as in {@code winograd-blocks}; different from the others' of the same pass
 * @param maker makes its kernel, at the price of laying out its work
 */
public record Algorithm(String name, Supplier<BilinearKernel> maker) {
    /** Its kernel, made anew. */
    public BilinearKernel kernel() {
        return maker.get();
    }
}
