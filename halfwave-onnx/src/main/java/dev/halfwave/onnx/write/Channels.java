package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BatchNorm;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.LayerNorm;
import dev.halfwave.op.MovingAverage;
import dev.halfwave.op.PRelu;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

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
        List<String> numbers = node.inputs().subList(1, node.inputs().size()).stream()
                .map(input -> out.read(input, Layout.AS_IS))
                .toList();
        norm(op.epsilon(), numbers, node, out);
    }

    /** The statistics of the batch are computed by ops of their own, since all three results are needed. */
    static void batchNorm(BatchNorm op, Node node, Writing out) {
        Value x = node.input(0);
        String rows = out.read(x, Layout.AS_IS);
        int[] axes = IntStream.range(0, x.shape().rank() - 1).toArray();
        OnnxNode sum = OnnxNode.of("ReduceMean", rows).integers("axes", axes).integer("keepdims", 0);
        out.add(node, sum, node.outputs().get(1), Layout.AS_IS);
        String mean = out.read(node.outputs().get(1), Layout.AS_IS);
        String off = out.step(node.name() + ".off", OnnxNode.of("Sub", rows, mean));
        String squares = out.step(node.name() + ".squares", OnnxNode.of("Mul", off, off));
        OnnxNode squared =
                OnnxNode.of("ReduceMean", squares).integers("axes", axes).integer("keepdims", 0);
        out.add(node, squared, node.outputs().get(2), Layout.AS_IS);
        String variance = out.read(node.outputs().get(2), Layout.AS_IS);
        String gamma = out.read(node.input(1), Layout.AS_IS);
        String beta = out.read(node.input(2), Layout.AS_IS);
        norm(op.epsilon(), List.of(gamma, beta, mean, variance), node, out);
    }

    private static void norm(double epsilon, List<String> numbers, Node node, Writing out) {
        int rank = node.input(0).shape().rank();
        if (rank < 2) {
            throw new IllegalArgumentException("expected a batch axis in front of the channels, received "
                    + node.input(0).shape());
        }
        Layout layout = rank == 2 ? Layout.AS_IS : Layout.CHANNELS_FIRST;
        OnnxNode norm = OnnxNode.of("BatchNormalization", out.read(node.input(0), layout));
        numbers.forEach(norm::input);
        out.add(node, norm.number("epsilon", epsilon), node.output(), layout);
    }

    static void movingAverage(MovingAverage op, Node node, Writing out) {
        String before = out.read(node.input(0), Layout.AS_IS);
        OnnxNode difference = OnnxNode.of("Sub", out.read(node.input(1), Layout.AS_IS), before);
        String off = out.step(node.name() + ".off", difference);
        OnnxNode share = OnnxNode.of("Mul", off, out.initializers().scalar(op.weight()));
        OnnxNode moved = OnnxNode.of("Add", before, out.step(node.name() + ".share", share));
        out.add(node, moved, node.output(), Layout.AS_IS);
    }
}
