package dev.halfwave.inspect;

import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.nn.Model;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Optional;

/**
 * The filters of a convolution.
 *
 * @param name the parameter's, as in {@code conv2d_1.filters}
 * @param filters {@code [R, S, C/groups, K]}
 */
public record FilterBank(String name, Tensor filters) {

    /**
     * The filters behind an activation, bias and batch norm apart; empty if no convolution makes its input.
     *
     * @param activation the activation's name, as in {@code conv2d_1.relu}
     * @throws IllegalArgumentException if the network has no op of that name
     */
    public static Optional<FilterBank> of(Model model, String activation) {
        Node at = model.network()
                .graph(1, Mode.INFERENCE)
                .find(activation)
                .orElseThrow(() -> new IllegalArgumentException(
                        model.network().name() + ": expected the name of an op, received \"" + activation + "\""))
                .input(0)
                .producer();
        while (at.op() instanceof BiasAdd || at.op() instanceof FrozenBatchNorm) {
            at = at.input(0).producer();
        }
        return at.op() instanceof Conv2d && at.input(1).producer().op() instanceof Source.Parameter parameter
                ? Optional.of(new FilterBank(parameter.key(), model.parameters().get(parameter.key())))
                : Optional.empty();
    }

    /** The number of filters, K. */
    public int count() {
        return filters.shape().size(3);
    }

    /** Of one filter the input channel whose numbers are largest, by the sum of their squares. */
    public int strongestChannel(int filter) {
        int channels = filters.shape().size(2);
        double[] squares = new double[channels];
        for (int i = filter; i < filters.data().length; i += count()) {
            squares[i / count() % channels] += (double) filters.data()[i] * filters.data()[i];
        }
        int strongest = 0;
        for (int c = 1; c < channels; c++) {
            strongest = squares[c] > squares[strongest] ? c : strongest;
        }
        return strongest;
    }

    /** One filter's numbers for one input channel, {@code [R, S, 1]}. */
    public Tensor slice(int filter, int channel) {
        Tensor slice =
                Tensor.zeros(Shape.of(filters.shape().size(0), filters.shape().size(1), 1));
        for (int tap = 0; tap < slice.data().length; tap++) {
            slice.data()[tap] = filters.data()[(tap * filters.shape().size(2) + channel) * count() + filter];
        }
        return slice;
    }
}
