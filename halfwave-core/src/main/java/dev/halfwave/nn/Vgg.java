package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Deep stacks of 3×3 convolutions, with a max pool between stages.
 *
 * <p>The two of the paper have no batch norm and three large dense layers. At {@code [224, 224, 3]} and 1000 classes:
 * VGG-11 132,863,336 parameters, VGG-16 138,357,544.
 *
 * @see <a href="https://arxiv.org/abs/1409.1556">Simonyan and Zisserman 2015, table 1, columns A and D</a>
 */
final class Vgg {
    private static final int[] CHANNELS = {64, 128, 256, 512, 512};

    private Vgg() {}

    /** Eight convolutions and three dense layers. */
    static Network vgg11(Shape sample, int classes, Activation f) {
        return classic("vgg-11", sample, classes, f, 1, 1, 2, 2, 2);
    }

    /** Thirteen convolutions and three dense layers. */
    static Network vgg16(Shape sample, int classes, Activation f) {
        return classic("vgg-16", sample, classes, f, 2, 2, 3, 3, 3);
    }

    /**
     * For small images, {@code [32, 32, 3]} as a rule: four stages of two convolutions with 64, 128, 256 and 512
     * channels, batch norm behind each, a global mean instead of dense layers. 4,692,426 parameters for 10 classes.
     */
    static Network small(Shape sample, int classes, Activation f) {
        List<Layer> layers = new ArrayList<>();
        for (int channels : new int[] {64, 128, 256, 512}) {
            layers.add(NormConv.of(channels, 3, 1, f));
            layers.add(NormConv.of(channels, 3, 1, f));
            layers.add(MaxPool2d.of(2));
        }
        layers.add(new GlobalAvgPool2d());
        layers.add(Readout.of(classes));
        return new Network("vgg-small", sample, new Sequential(layers));
    }

    private static Network classic(String name, Shape sample, int classes, Activation f, int... convolutions) {
        List<Layer> layers = new ArrayList<>();
        for (int stage = 0; stage < CHANNELS.length; stage++) {
            for (int i = 0; i < convolutions[stage]; i++) {
                layers.add(Conv2d.of(CHANNELS[stage], 3).padding(Padding.of(1)).activation(f));
            }
            layers.add(MaxPool2d.of(2));
        }
        layers.add(new Flatten());
        layers.add(Dense.of(4096).activation(f));
        layers.add(new Dropout(0.5));
        layers.add(Dense.of(4096).activation(f));
        layers.add(new Dropout(0.5));
        layers.add(Readout.of(classes));
        return new Network(name, sample, new Sequential(layers));
    }
}
