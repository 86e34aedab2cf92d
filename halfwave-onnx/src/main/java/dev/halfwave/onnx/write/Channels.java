package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.LayerNorm;
import dev.halfwave.op.PRelu;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;

/** Ops with numbers per channel. */
final class Channels {
    private Channels() {}

    /** A bias that no convolution or product takes over. */
    static void bias(BiasAdd op, Node node, Writing out) {
        broadcast("Add", node, out);
    }

    static void prelu(PRelu op, Node node, Writing out) {
        broadcast("PRelu", node, out);
    }

    private static void broadcast(String operator, Node node, Writing out) {
        Value x = node.input(0);
        Layout layout = out.common(List.of(x));
        String numbers = out.perChannel(node.input(1), layout, x.shape().rank());
        out.add(node, OnnxNode.of(operator, out.read(x, layout), numbers), node.output(), layout);
    }

    static void layerNorm(LayerNorm op, Node node, Writing out) {
        int channels = node.input(0).shape().size(-1);
        String x = out.read(node.input(0), Layout.AS_IS);
        if (channels == 1) { // one number alone is 0, but ONNX Runtime refuses to say so
            out.add(node, OnnxNode.of("Sub", x, x), node.output(), Layout.AS_IS);
            return;
        }
        String scale = out.initializers().add(node.name() + ".scale", Tensor.full(Shape.of(channels), 1));
        OnnxNode norm = OnnxNode.of("LayerNormalization", x, scale);
        out.add(node, norm.integer("axis", -1).number("epsilon", op.epsilon()), node.output(), Layout.AS_IS);
    }

    static void norm(FrozenBatchNorm op, Node node, Writing out) {
        int rank = node.input(0).shape().rank();
        if (rank < 2) {
            throw new IllegalArgumentException("expected a batch axis in front of the channels, received "
                    + node.input(0).shape());
        }
        Layout layout = rank == 2 ? Layout.AS_IS : Layout.CHANNELS_FIRST;
        OnnxNode norm = OnnxNode.of("BatchNormalization", out.read(node.input(0), layout));
        for (Value numbers : node.inputs().subList(1, node.inputs().size())) {
            norm.input(out.read(numbers, Layout.AS_IS));
        }
        out.add(node, norm.number("epsilon", op.epsilon()), node.output(), layout);
    }
}
