package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.name.Names;
import dev.halfwave.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Well-known networks by name.
 *
 * <pre>{@code
 * Network network = Networks.of("resnet-18", Shape.of(224, 224, 3), 1000, new Relu());
 * }</pre>
 */
public final class Networks {
    /** One line per network: what its name makes. */
    private static final Map<String, Maker> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("lenet", Networks::lenet);
        KNOWN.put("keras-cnn", Networks::kerasCnn);
        KNOWN.put("mlp", Networks::mlp);
        KNOWN.put("vgg-small", Vgg::small);
        KNOWN.put("vgg-11", Vgg::vgg11);
        KNOWN.put("vgg-16", Vgg::vgg16);
        KNOWN.put("resnet-20", ResNet::resNet20);
        KNOWN.put("resnet-18", ResNet::resNet18);
        KNOWN.put("resnet-34", ResNet::resNet34);
        KNOWN.put("resnet-50", ResNet::resNet50);
        KNOWN.put("mobilenet-v1", MobileNet::v1);
        KNOWN.put("mobilenet-v2", MobileNet::v2);
        KNOWN.put("squeezenet-1.1", SqueezeNet::v1);
        KNOWN.put("irnn", Networks::irnn);
    }

    private Networks() {}

    /** All names. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
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
        Maker maker = KNOWN.get(name);
        if (maker == null) {
            throw Names.unknown("model", name, names());
        }
        return maker.network(sample, classes, activation);
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
                Readout.of(classes));
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
                Readout.of(classes));
    }

    /** One hidden layer of 128 units on the flattened image. */
    public static Network mlp(Shape sample, int classes, Activation f) {
        return Network.of("mlp", sample, new Flatten(), Dense.of(128).activation(f), Dense.of(classes));
    }

    /**
     * A recurrent layer of 100 units that reads the image pixel by pixel, and starts as the identity.
     *
     * @see <a href="https://arxiv.org/abs/1504.00941">Le, Jaitly and Hinton 2015, section 4.2</a>
     */
    public static Network irnn(Shape sample, int classes, Activation f) {
        Rnn rnn = Rnn.identity(100).activation(f);
        return Network.of("irnn", sample, Scan.pixels(), rnn, Dense.of(classes).initializer(rnn.initializer()));
    }

    /** Makes a network for given images. */
    @FunctionalInterface
    private interface Maker {
        Network network(Shape sample, int classes, Activation activation);
    }
}
