package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.nn.init.He;
import dev.halfwave.tensor.Shape;
import java.util.List;

/**
 * AlexNet's accuracy with a fiftieth of its parameters: 1×1 convolutions squeeze the channels before 3×3 ones see them.
 *
 * <p>Version 1.1 has 1,235,496 parameters at {@code [224, 224, 3]} and 1000 classes. Its pools round up, as padding by
 * one below and to the right does for a stride of 2.
 *
 * @see <a href="https://arxiv.org/abs/1602.07360">Iandola et al. 2016</a>
 */
final class SqueezeNet {
    private SqueezeNet() {}

    /** Eight fire modules between two convolutions. */
    static Network v1(Shape sample, int classes, Activation f) {
        return Network.of(
                "squeezenet-1.1",
                sample,
                Conv2d.of(64, 3).stride(2).activation(f),
                pool(),
                fire(16, 64, f),
                fire(16, 64, f),
                pool(),
                fire(32, 128, f),
                fire(32, 128, f),
                pool(),
                fire(48, 192, f),
                fire(48, 192, f),
                fire(64, 256, f),
                fire(64, 256, f),
                new Dropout(0.5),
                Conv2d.of(classes, 1).activation(f).initializer(new He(0.1)),
                new GlobalAvgPool2d());
    }

    private static Layer pool() {
        return new MaxPool2d(3, 2, new Padding(Padding.Kind.EXPLICIT, 0, 1, 0, 1));
    }

    private static Layer fire(int squeezed, int expanded, Activation f) {
        return Sequential.of(
                Conv2d.of(squeezed, 1).activation(f),
                new Concat(List.of(
                        Conv2d.of(expanded, 1).activation(f),
                        Conv2d.of(expanded, 3).padding(Padding.of(1)).activation(f))));
    }
}
