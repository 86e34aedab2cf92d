/** Halfwave's engine: tensors, graphs, automatic differentiation, kernels, layers and training. */
module dev.halfwave.core {
    requires static jdk.incubator.vector;
    requires static org.jspecify;
    requires com.fasterxml.jackson.core;
    requires java.desktop;

    exports dev.halfwave.tensor;
}
