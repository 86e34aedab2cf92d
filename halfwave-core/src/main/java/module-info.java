/** Halfwave's engine: tensors, graphs, automatic differentiation, kernels, layers and training. */
module dev.halfwave.core {
    requires static jdk.incubator.vector;
    requires static org.jspecify;
    requires com.fasterxml.jackson.core;
    requires java.desktop;

    exports dev.halfwave.activation;
    exports dev.halfwave.autodiff;
    exports dev.halfwave.bounds;
    exports dev.halfwave.compile;
    exports dev.halfwave.data;
    exports dev.halfwave.data.augment;
    exports dev.halfwave.download;
    exports dev.halfwave.experiment;
    exports dev.halfwave.format;
    exports dev.halfwave.graph;
    exports dev.halfwave.inspect;
    exports dev.halfwave.kernel;
    exports dev.halfwave.name;
    exports dev.halfwave.nn;
    exports dev.halfwave.nn.init;
    exports dev.halfwave.op;
    exports dev.halfwave.rewrite;
    exports dev.halfwave.tensor;
    exports dev.halfwave.train;
    exports dev.halfwave.tuning;

    uses dev.halfwave.nn.NamedLayers;
}
