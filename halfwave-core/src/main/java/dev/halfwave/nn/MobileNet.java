package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks for small machines, whose 3×3 convolutions look at one channel each and leave the mixing to 1×1 ones.
 *
 * <p>At {@code [224, 224, 3]} and 1000 classes: MobileNetV1 4,231,976 parameters, MobileNetV2 3,504,872. The second is
 * at home with {@link dev.halfwave.activation.Relu6}, the first with ReLU or ReLU6. Padding is one on all sides.
 *
 * @see <a href="https://arxiv.org/abs/1704.04861">Howard et al. 2017, table 1</a>
 * @see <a href="https://arxiv.org/abs/1801.04381">Sandler et al. 2018, table 2</a>
 */
final class MobileNet {
    /** MobileNetV1: output channels and stride of each block. */
    private static final int[][] SEPARABLE = {
        {64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1}, {512, 1}, {512, 1},
        {1024, 2}, {1024, 1}
    };

    /** MobileNetV2: expansion, output channels, number of blocks, and stride of the first. */
    private static final int[][] INVERTED = {
        {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}
    };

    private MobileNet() {}

    /** Thirteen depthwise separable convolutions. */
    static Network v1(Shape sample, int classes, Activation f) {
        List<Layer> layers = new ArrayList<>();
        layers.add(NormConv.of(32, 3, 2, f));
        int channels = 32;
        for (int[] block : SEPARABLE) {
            layers.add(NormConv.of(channels, 3, block[1], channels, f));
            layers.add(NormConv.of(block[0], 1, 1, f));
            channels = block[0];
        }
        layers.add(new GlobalAvgPool2d());
        layers.add(Readout.of(classes));
        return new Network("mobilenet-v1", sample, new Sequential(layers));
    }

    /** Seventeen inverted residuals: wide inside, narrow and linear where they meet. */
    static Network v2(Shape sample, int classes, Activation f) {
        List<Layer> layers = new ArrayList<>();
        layers.add(NormConv.of(32, 3, 2, f));
        int channels = 32;
        for (int[] stage : INVERTED) {
            for (int i = 0; i < stage[2]; i++) {
                layers.add(inverted(channels, stage[0], stage[1], i == 0 ? stage[3] : 1, f));
                channels = stage[1];
            }
        }
        layers.add(NormConv.of(1280, 1, 1, f));
        layers.add(new GlobalAvgPool2d());
        layers.add(new Dropout(0.2));
        layers.add(Readout.of(classes));
        return new Network("mobilenet-v2", sample, new Sequential(layers));
    }

    private static Layer inverted(int channels, int expansion, int out, int stride, Activation f) {
        int wide = channels * expansion;
        List<Layer> layers = new ArrayList<>();
        if (expansion > 1) {
            layers.add(NormConv.of(wide, 1, 1, f));
        }
        layers.add(NormConv.of(wide, 3, stride, wide, f));
        layers.add(NormConv.of(out, 1, 1, new Identity()));
        Layer body = new Sequential(layers);
        return stride == 1 && channels == out ? Residual.of(body, new Identity()) : body;
    }
}
