package dev.halfwave.nn;

import dev.halfwave.activation.NoisyRelu;
import dev.halfwave.activation.Prelu;
import dev.halfwave.activation.RRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Tanh;
import dev.halfwave.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** One small network or more around every layer, for tests of what holds for each: three classes, something to learn in front. */
public final class LayerCases {
    private static final Map<String, Network> CASES = new LinkedHashMap<>();

    static {
        images("sequential", Sequential.of());
        images("conv2d", Conv2d.of(3, 3).padding(Padding.SAME).dilation(2).activation(new Tanh()));
        images("dense", Sequential.of(new Flatten(), Dense.of(5).activation(new Tanh())));
        images("activate", new Activate(new Prelu()));
        images("random slopes", new Activate(new RRelu()));
        images("random slopes in a convolution", Conv2d.of(3, 1).activation(new RRelu(0.25, 0.5)));
        images("noise", new Activate(new NoisyRelu()));
        images("max pool", new MaxPool2d(3, 2, Padding.SAME));
        images("average pool", AvgPool2d.of(2));
        images("global average", new GlobalAvgPool2d());
        images("global maximum", new GlobalMaxPool2d());
        images("batch norm", new BatchNorm());
        images("dropout", new Dropout(0.4));
        images("residual", Residual.of(Conv2d.of(4, 1), new Tanh()));
        images("concat", Concat.of(new Activate(new Relu()), Sequential.of()));
        images("add", Add.of(new Activate(new Relu()), Sequential.of()));
        images("transposed convolution", ConvTranspose2d.of(2, 3).stride(2));
        images("layer norm", new LayerNorm(0.1));
        images("group norm", new GroupNorm(2, 0.1));
        images("instance norm", new InstanceNorm(0.1));
        images("local response norm", new LocalResponseNorm(3, 0.5, 0.75, 1));
        images("nearest upsampling", UpSample2d.nearest(2));
        images("linear upsampling", UpSample2d.linear(2));
        images("zero padding", new ZeroPad2d(1, 0, 2, 1));
        separable();
        sequences();
        images("adaptive pool that divides", new AdaptiveAvgPool2d(3, 5));
        images("adaptive pool that does not", new AdaptiveAvgPool2d(4, 2));
        images("adaptive pool that enlarges", new AdaptiveAvgPool2d(8, 7));
        images("l2 pool", L2Pool2d.of(2));
        images(
                "l2 pool of rectified values",
                Sequential.of(new Activate(new Relu()), new L2Pool2d(3, 1, Padding.SAME)));
        images("spatial dropout", new SpatialDropout(0.4));
        images("stochastic depth", Residual.of(Conv2d.of(4, 1), new Tanh()).stochasticDepth(0.5));
        images("squeeze and excitation", new SqueezeExcite(2));
        images("squeeze and excitation of a few", new SqueezeExcite(16, new Tanh(), new Sigmoid()));
        images("mirrored border", new Pad2d(Pad2d.Border.REFLECT, 5, 1, 0, 4));
        images("repeated border", new Pad2d(Pad2d.Border.REPLICATE, 3, 9, 1, 0));
        images("border around", new Pad2d(Pad2d.Border.WRAP, 6, 1, 0, 5));
        images("product", Mul.of(Sequential.of(), new Activate(new Sigmoid()), Conv2d.of(1, 1)));
        images("reshape", new Reshape(Shape.of(5, 24)));
        images("permutation", Permute.of(2, 0, 1));
        images("concatenated rectifiers", new CRelu());
        images("maxout", new Maxout(2));
        images("maxout of all", new Maxout(4));
        images("maxout of rows", Sequential.of(new Flatten(), Dense.of(6), new Maxout(3)));
        images("softmax", new Softmax());
        images("log-softmax", new LogSoftmax());
        images("hardmax", new Hardmax());
        put("log-softmax at the end", Shape.of(4), Dense.of(3), new LogSoftmax());
        put("hardmax at the end", Shape.of(4), Dense.of(3), new Hardmax());
        put("softmax at the end", Shape.of(4), Dense.of(3), new Softmax());
    }

    private LayerCases() {}

    private static void separable() {
        SeparableConv2d base = SeparableConv2d.of(3, 3);
        images("separable convolution", base);
        images(
                "separable convolution with all there is",
                base.multiplier(2).stride(2).padding(Padding.SAME).withoutBias().activation(new Tanh()));
    }

    private static void sequences() {
        sequences("convolution of sequences", Conv1d.of(3, 3));
        sequences(
                "convolution of sequences with all there is",
                Conv1d.of(6, 3)
                        .stride(2)
                        .dilation(2)
                        .groups(2)
                        .padding(Padding.SAME)
                        .activation(new Tanh()));
        sequences(
                "convolution that looks back",
                Conv1d.of(3, 3).dilation(2).causal().withoutBias());
        sequences("max pool of sequences", new MaxPool1d(3, 2, Padding.of(1)));
        sequences("average pool of sequences", new AvgPool1d(3, 2, Padding.SAME));
        Layer scores = new MatMul(Conv1d.of(2, 1), Conv1d.of(2, 1), true);
        sequences("attention", new MatMul(Sequential.of(scores, new Softmax()), Conv1d.of(3, 1), false));
        sequences("simple recurrent layer", Rnn.of(3).allStates());
        sequences("lstm", Lstm.of(3).allStates());
        sequences("gru", Gru.of(3).allStates());
        put("recurrence over pixels", Shape.of(3, 4, 2), Scan.pixels(), Rnn.of(4), Dense.of(3));
        sequences("spatial dropout of sequences", new SpatialDropout(0.4));
        sequences("maxout of sequences", new Maxout(2));
    }

    private static void images(String name, Layer layer) {
        put(name, Shape.of(6, 5, 2), Conv2d.of(4, 1), layer, new Flatten(), Dense.of(3));
    }

    private static void sequences(String name, Layer layer) {
        put(name, Shape.of(7, 2), Conv1d.of(4, 1), layer, new Flatten(), Dense.of(3));
    }

    private static void put(String name, Shape sample, Layer... layers) {
        CASES.put(name, Network.of(name, sample, layers));
    }

    /** The networks by what is tried in them. */
    public static Map<String, Network> all() {
        return CASES;
    }
}
