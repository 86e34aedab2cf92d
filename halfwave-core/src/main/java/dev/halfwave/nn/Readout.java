package dev.halfwave.nn;

import dev.halfwave.nn.init.He;

/** The last layer of a classifier. */
final class Readout {
    private Readout() {}

    /**
     * Logits that start near zero, so that the first loss is about ln(classes) and early steps need not undo random
     * guesses.
     */
    static Layer of(int classes) {
        return Dense.of(classes).initializer(new He(0.1));
    }
}
