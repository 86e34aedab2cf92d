package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Shapes as tensors, where the batch size is known only when the model runs. */
final class Sizes {
    private static final int COPIED = 0;
    private static final int INFERRED = -1;

    private final Writing out;

    Sizes(Writing out) {
        this.out = out;
    }

    /** The second input of a {@code Reshape} to axes that are not empty: 0 copies an axis, −1 infers one. */
    String reshape(List<Extent> from, List<Extent> to) {
        List<Integer> target = new ArrayList<>();
        for (int axis = 0; axis < to.size(); axis++) {
            Extent extent = to.get(axis);
            boolean same = axis < from.size() && from.get(axis).equals(extent);
            int open = same ? COPIED : INFERRED;
            target.add(extent.followsBatch() ? open : extent.size());
        }
        boolean known = target.stream().filter(size -> size == INFERRED).count() < 2;
        return known ? out.initializers().integers(target) : computed(to);
    }

    /** A shape that is put together when the model runs, where it depends on the batch. */
    String computed(List<Extent> shape) {
        if (shape.stream().noneMatch(Extent::followsBatch)) {
            return out.initializers().integers(shape.stream().map(Extent::size).toList());
        }
        List<String> parts = new ArrayList<>();
        for (Extent extent : shape) {
            parts.add(extent.followsBatch() ? batches(extent.batches()) : integer(extent.size()));
        }
        return out.step("shape", OnnxNode.of("Concat", parts).integer("axis", 0));
    }

    private String integer(int value) {
        return out.initializers().integers(List.of(value));
    }

    private String batches(int times) {
        String batch = batch();
        return times == 1 ? batch : out.step("batches", OnnxNode.of("Mul", batch, integer(times)));
    }

    private String batch() {
        for (Node node : out.graphs().graph().nodes()) {
            if (node.op() instanceof Source.Input input) {
                int axis = out.graphs().extents(node.output()).indexOf(new Extent(0, 1));
                if (axis >= 0) {
                    int at = out.first(node.output()).axis(axis, input.shape().rank());
                    OnnxNode shape = OnnxNode.of("Shape", input.key());
                    return out.step("batch", shape.integer("start", at).integer("end", at + 1L));
                }
            }
        }
        throw new IllegalArgumentException("expected an input with an axis for the batch, received "
                + out.graphs().graph().inputs());
    }

    /** A lasting value that has as many equal parts as the batch has samples. */
    String expanded(Value value, Layout layout) {
        List<Extent> extents = out.graphs().extents(value);
        int axis = 0;
        while (!extents.get(axis).followsBatch()) {
            axis++;
        }
        Tensor part = part(out.numbers(value), axis);
        if (!part.equals(part(out.numbers(out.graphs().twin(value)), axis))) {
            throw new IllegalArgumentException(
                    value.name() + ": expected a constant that is the same for every sample, received another");
        }
        Form form = Form.permuted(part.shape(), layout.order(extents.size()));
        String stored = out.initializers().add(value.name() + ".part", form.apply(part));
        return out.convert(OnnxNode.of("Expand", stored, computed(layout.sort(extents))), value, layout);
    }

    /** The one part of which the tensor consists along an axis. */
    private static Tensor part(Tensor whole, int axis) {
        Shape shape = whole.shape().with(axis, 1);
        int inner = whole.shape().product(axis + 1, whole.shape().rank());
        int stride = whole.shape().size(axis) * inner;
        float[] part = new float[shape.elements()];
        for (int i = 0; i < part.length; i++) {
            part[i] = whole.data()[i / inner * stride + i % inner];
        }
        for (int i = 0; i < whole.data().length; i++) {
            if (whole.data()[i] != part[i / stride * inner + i % inner]) {
                throw new IllegalArgumentException("expected a constant that is the same for every sample, received "
                        + whole.shape() + " numbers that differ along axis " + axis);
            }
        }
        return Tensor.of(shape, part);
    }
}
