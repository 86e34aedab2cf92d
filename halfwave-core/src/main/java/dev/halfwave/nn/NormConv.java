package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.nn.init.He;

/** Convolution without bias, batch norm, activation: the brick that networks since 2015 are built of. */
final class NormConv {
    private NormConv() {}

    /** Square filters, padded by half their size. */
    static Layer of(int filters, int size, int stride, Activation f) {
        return of(filters, size, stride, 1, f);
    }

    /** The same in groups; for as many groups as channels, a depthwise convolution. */
    static Layer of(int filters, int size, int stride, int groups, Activation f) {
        return Sequential.of(
                Conv2d.of(filters, size)
                        .stride(stride)
                        .groups(groups)
                        .padding(Padding.of(size / 2))
                        .withoutBias()
                        .initializer(new He()),
                new BatchNorm(),
                new Activate(f));
    }
}
