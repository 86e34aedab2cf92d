package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.name.Names;
import dev.halfwave.nn.init.He;
import dev.halfwave.tensor.Shape;
import java.util.List;

/** Well-known networks by name. */
public final class Networks {
    private static final List<String> NAMES = List.of("lenet", "keras-cnn", "mlp");

    private Networks() {}

    /** All names. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * A network by name.
     *
     * @param sample the shape of one image, {@code [H, W, C]}
     * @param classes the number of logits
     * @param activation used in every hidden layer
     * @throws IllegalArgumentException if the name is unknown (the nearest one is suggested) or the images are too small
     */
    public static Network of(String name, Shape sample, int classes, Activation activation) {
        return switch (name) {
            case "lenet" -> lenet(sample, classes, activation);
            case "keras-cnn" -> kerasCnn(sample, classes, activation);
            case "mlp" -> mlp(sample, classes, activation);
            default -> throw Names.unknown("model", name, NAMES);
        };
    }

    /**
     * Two convolutions and three dense layers, as LeNet-5 but with max pooling and the given activation.
     *
     * @see <a href="http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf">LeCun et al. 1998, figure 2</a>
     */
    public static Network lenet(Shape sample, int classes, Activation f) {
        return Network.of(
                "lenet",
                sample,
                Conv2d.of(6, 5).padding(Padding.of(2)).activation(f),
                MaxPool2d.of(2),
                Conv2d.of(16, 5).activation(f),
                MaxPool2d.of(2),
                new Flatten(),
                Dense.of(120).activation(f),
                Dense.of(84).activation(f),
                readout(classes));
    }

    /** Logits that start near zero, so that the first loss is about ln(classes) and early steps need not undo random guesses. */
    private static Layer readout(int classes) {
        return Dense.of(classes).initializer(new He(0.1));
    }

    /** Keras' MNIST example with batch norm: two 3×3 convolutions, one max pool, dropout, one hidden dense layer. */
    public static Network kerasCnn(Shape sample, int classes, Activation f) {
        return Network.of(
                "keras-cnn",
                sample,
                Conv2d.of(32, 3).activation(f),
                new BatchNorm(),
                Conv2d.of(64, 3).activation(f),
                new BatchNorm(),
                MaxPool2d.of(2),
                new Dropout(0.25),
                new Flatten(),
                Dense.of(128).activation(f),
                new Dropout(0.5),
                readout(classes));
    }

    /** One hidden layer of 128 units on the flattened image. */
    public static Network mlp(Shape sample, int classes, Activation f) {
        return Network.of("mlp", sample, new Flatten(), Dense.of(128).activation(f), Dense.of(classes));
    }
}
