package dev.halfwave.nn;

import dev.halfwave.graph.Initializer;
import dev.halfwave.name.Names;
import dev.halfwave.nn.init.Automatic;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.nn.init.Glorot;
import dev.halfwave.nn.init.He;
import dev.halfwave.nn.init.IdentityMatrix;
import dev.halfwave.nn.init.LeCun;
import dev.halfwave.nn.init.Normal;
import dev.halfwave.nn.init.Orthogonal;
import dev.halfwave.nn.init.TruncatedNormal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The names that layers and initializers have in a network's description: one line for each. */
final class Layers {
    private static final Map<String, Class<? extends Record>> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("sequential", Sequential.class);
        KNOWN.put("conv2d", Conv2d.class);
        KNOWN.put("dense", Dense.class);
        KNOWN.put("activate", Activate.class);
        KNOWN.put("max_pool2d", MaxPool2d.class);
        KNOWN.put("avg_pool2d", AvgPool2d.class);
        KNOWN.put("global_avg_pool2d", GlobalAvgPool2d.class);
        KNOWN.put("flatten", Flatten.class);
        KNOWN.put("batch_norm", BatchNorm.class);
        KNOWN.put("dropout", Dropout.class);
        KNOWN.put("softmax", Softmax.class);
        KNOWN.put("residual", Residual.class);
        KNOWN.put("concat", Concat.class);
        KNOWN.put("add", Add.class);
        KNOWN.put("conv_transpose2d", ConvTranspose2d.class);
        KNOWN.put("global_max_pool2d", GlobalMaxPool2d.class);
        KNOWN.put("layer_norm", LayerNorm.class);
        KNOWN.put("group_norm", GroupNorm.class);
        KNOWN.put("instance_norm", InstanceNorm.class);
        KNOWN.put("local_response_norm", LocalResponseNorm.class);
        KNOWN.put("up_sample2d", UpSample2d.class);
        KNOWN.put("zero_pad2d", ZeroPad2d.class);
        KNOWN.put("separable_conv2d", SeparableConv2d.class);
        KNOWN.put("conv1d", Conv1d.class);
        KNOWN.put("max_pool1d", MaxPool1d.class);
        KNOWN.put("avg_pool1d", AvgPool1d.class);
        KNOWN.put("adaptive_avg_pool2d", AdaptiveAvgPool2d.class);
        KNOWN.put("l2_pool2d", L2Pool2d.class);
        KNOWN.put("spatial_dropout", SpatialDropout.class);
        KNOWN.put("stochastic_depth", StochasticDepth.class);
        KNOWN.put("squeeze_excite", SqueezeExcite.class);
        KNOWN.put("pad2d", Pad2d.class);
        KNOWN.put("mul", Mul.class);
        KNOWN.put("mat_mul", MatMul.class);
        KNOWN.put("reshape", Reshape.class);
        KNOWN.put("permute", Permute.class);
        KNOWN.put("crelu", CRelu.class);
        KNOWN.put("maxout", Maxout.class);
        KNOWN.put("log_softmax", LogSoftmax.class);
        KNOWN.put("hardmax", Hardmax.class);
        KNOWN.put("scan", Scan.class);
        KNOWN.put("rnn", Rnn.class);
        KNOWN.put("lstm", Lstm.class);
        KNOWN.put("gru", Gru.class);
        KNOWN.put("automatic", Automatic.class);
        KNOWN.put("he", He.class);
        KNOWN.put("glorot", Glorot.class);
        KNOWN.put("constant", Constant.class);
        KNOWN.put("lecun", LeCun.class);
        KNOWN.put("normal", Normal.class);
        KNOWN.put("truncated_normal", TruncatedNormal.class);
        KNOWN.put("orthogonal", Orthogonal.class);
        KNOWN.put("identity", IdentityMatrix.class);
    }

    private Layers() {}

    /** What other modules bring along is only looked for when it is needed: that means opening every jar. */
    private static final class All {
        static final Map<String, Class<? extends Record>> KNOWN = new LinkedHashMap<>(Layers.KNOWN);

        static {
            ServiceLoader.load(NamedLayers.class).forEach(layers -> KNOWN.putAll(layers.byName()));
        }

        static final Map<Class<? extends Record>, String> NAMES =
                KNOWN.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    /** All types that have a name. */
    static Map<String, Class<? extends Record>> known() {
        return All.KNOWN;
    }

    /** The record of that name. */
    static Class<? extends Record> type(String name) {
        Class<? extends Record> own = KNOWN.get(name);
        Class<? extends Record> type = own == null ? known().get(name) : own;
        if (type == null) {
            throw Names.unknown("layer", name, known().keySet());
        }
        return type;
    }

    /** The name of a layer or initializer, if its type has one. */
    static String name(Object part) {
        String name = All.NAMES.get(part.getClass());
        if (name == null) {
            throw new IllegalArgumentException("description: expected a layer that Halfwave knows by name, received "
                    + part.getClass().getName() + "; add its line to Layers");
        }
        return name;
    }

    /** Whether values of that type are written with their name. */
    static boolean isNamed(Class<?> type) {
        return type == Layer.class || type == Initializer.class;
    }
}
