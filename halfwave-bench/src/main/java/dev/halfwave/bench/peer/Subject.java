package dev.halfwave.bench.peer;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Parameters;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;

/**
 * What all run on: one network, its numbers, the data and the number of threads.
 *
 * @param network the network
 * @param graph the network's graph for the batch, from {@link Network#INPUT} to {@link Network#LOGITS}
 * @param parameters its numbers
 * @param samples the data
 * @param threads how many threads may compute
 */
public record Subject(Network network, Graph graph, Parameters parameters, Samples samples, int threads) {

    /** The shape of what the network computes, batch included. */
    public Shape output() {
        return graph.output(Network.LOGITS).shape();
    }

    /** The number of classes. */
    public int classes() {
        return output().size(-1);
    }

    /**
     * Images and their labels.
     *
     * @param images {@code [N, H, W, C]}
     * @param labels the class of each; empty where nothing is trained
     */
    public record Samples(Tensor images, List<Integer> labels) {
        /** The number of images. */
        public int batch() {
            return images.shape().size(0);
        }
    }
}
