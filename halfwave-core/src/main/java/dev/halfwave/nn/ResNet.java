package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks: every block learns what to add to its input.
 *
 * <p>Those for ImageNet have the stride of a bottleneck in its 3×3 convolution, as is usual by now, and 1×1
 * convolutions as shortcuts where the size changes (the paper's option B). At {@code [224, 224, 3]} and 1000 classes:
 * ResNet-18 11,689,512 parameters, ResNet-34 21,797,672, ResNet-50 25,557,032. The one for CIFAR is ResNet-20, with
 * 272,474 parameters at {@code [32, 32, 3]} and 10 classes; its two shortcuts that change size are option B, too, where
 * the paper has option A (zeros for new channels, 269,722 parameters).
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, table 1 and section 4.2</a>
 */
final class ResNet {
    private static final int BOTTLENECK = 4;

    private ResNet() {}

    /** Three stages of three basic blocks, with 16, 32 and 64 channels. */
    static Network resNet20(Shape sample, int classes, Activation f) {
        Layer stem = NormConv.of(16, 3, 1, f);
        return network("resnet-20", sample, stem, new Stages(false, 16, f).of(3, 3, 3), classes);
    }

    /** Four stages of two basic blocks. */
    static Network resNet18(Shape sample, int classes, Activation f) {
        return network("resnet-18", sample, stem(f), new Stages(false, 64, f).of(2, 2, 2, 2), classes);
    }

    /** Four stages of 3, 4, 6 and 3 basic blocks. */
    static Network resNet34(Shape sample, int classes, Activation f) {
        return network("resnet-34", sample, stem(f), new Stages(false, 64, f).of(3, 4, 6, 3), classes);
    }

    /** Four stages of 3, 4, 6 and 3 bottlenecks. */
    static Network resNet50(Shape sample, int classes, Activation f) {
        return network("resnet-50", sample, stem(f), new Stages(true, 64, f).of(3, 4, 6, 3), classes);
    }

    private static Layer stem(Activation f) {
        return Sequential.of(NormConv.of(64, 7, 2, f), new MaxPool2d(3, 2, Padding.of(1)));
    }

    private static Network network(String name, Shape sample, Layer stem, Layer stages, int classes) {
        return Network.of(name, sample, stem, stages, new GlobalAvgPool2d(), Readout.of(classes));
    }

    /**
     * Blocks in stages, each stage with twice the channels of the one before and half the height and width.
     *
     * @param bottleneck whether a block is 1×1, 3×3, 1×1 with four times the channels, or two 3×3
     * @param width the channels of the 3×3 convolutions in the first stage; the stem's, too
     * @param f behind every convolution, and behind the sum
     */
    private record Stages(boolean bottleneck, int width, Activation f) {
        Layer of(int... blocks) {
            List<Layer> layers = new ArrayList<>();
            int channels = width;
            for (int stage = 0; stage < blocks.length; stage++) {
                for (int i = 0; i < blocks[stage]; i++) {
                    int stride = stage > 0 && i == 0 ? 2 : 1;
                    layers.add(block(channels, width << stage, stride));
                    channels = (width << stage) * (bottleneck ? BOTTLENECK : 1);
                }
            }
            return new Sequential(layers);
        }

        private Layer block(int channels, int inner, int stride) {
            int out = bottleneck ? inner * BOTTLENECK : inner;
            boolean plain = stride == 1 && channels == out;
            Layer shortcut = plain ? Sequential.of() : NormConv.of(out, 1, stride, new Identity());
            return new Residual(bottleneck ? bottleneck(inner, stride) : basic(inner, stride), shortcut, f);
        }

        private Layer basic(int inner, int stride) {
            return Sequential.of(NormConv.of(inner, 3, stride, f), NormConv.of(inner, 3, 1, new Identity()));
        }

        private Layer bottleneck(int inner, int stride) {
            return Sequential.of(
                    NormConv.of(inner, 1, 1, f),
                    NormConv.of(inner, 3, stride, f),
                    NormConv.of(inner * BOTTLENECK, 1, 1, new Identity()));
        }
    }
}
