package dev.halfwave.claims;

import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Sequential;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Networks of a few thousand multiply-adds, which train on digits in fractions of a second. */
final class SmallNet {
    private static final int UNITS = 64;

    private SmallNet() {}

    /**
     * Dense layers of 64 units.
     *
     * @param depth how many hidden ones
     * @param hidden what becomes of each: its activation, and what stands around it
     */
    static Network dense(int depth, UnaryOperator<Layer> hidden) {
        return network(new Flatten(), repeated(depth, hidden.apply(Dense.of(UNITS))));
    }

    /**
     * Two convolutions of stride 2 and a dense layer of 64 units.
     *
     * @param convolution what becomes of each convolution
     * @param dense what becomes of the dense layer
     */
    static Network convolutional(UnaryOperator<Layer> convolution, UnaryOperator<Layer> dense) {
        return network(
                convolution.apply(Conv2d.of(8, 5).stride(2)),
                convolution.apply(Conv2d.of(16, 3).stride(2)),
                new Flatten(),
                dense.apply(Dense.of(UNITS)));
    }

    private static Network network(Layer... hidden) {
        Layer readout = Dense.of(Trial.test().classes().size());
        return Network.of("small", Trial.test().sampleShape(), Sequential.of(hidden), readout);
    }

    private static Layer repeated(int times, Layer layer) {
        return new Sequential(Collections.nCopies(times, layer));
    }

    /** One layer after another. */
    static Layer chain(Layer... layers) {
        return new Sequential(List.of(layers));
    }
}
