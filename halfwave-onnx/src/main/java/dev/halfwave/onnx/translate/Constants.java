package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What values of a graph come to that follow from constants alone: the arithmetic of shapes, axes and scales.
 *
 * <p>Ops are evaluated by their own definitions in double precision as they are added, so that one set of ops serves
 * both what is computed now and what is computed later.
 */
final class Constants {
    /** Larger tensors are no shapes. */
    private static final int LARGEST = 1 << 16;

    private static final int ALL = 1 << 21;

    /** More work than any arithmetic of shapes takes; what would take more is left to the program. */
    private static final long MOST_FLOPS = 1 << 24;

    private final Map<Value, DoubleTensor> known = new IdentityHashMap<>();
    private int room = ALL;
    private long work = MOST_FLOPS;

    /** Notes what a source holds. */
    void put(Value value, DoubleTensor content) {
        if (content.data().length <= LARGEST) {
            keep(value, content);
        }
    }

    private void keep(Value value, DoubleTensor content) {
        if (content.data().length <= room) {
            room -= content.data().length;
            known.put(value, content);
        }
    }

    /** Evaluates a node if everything it reads is known and all of it is small. */
    void evaluate(Node node) {
        List<DoubleTensor> inputs = new ArrayList<>();
        for (Value input : node.inputs()) {
            DoubleTensor content = known.get(input);
            if (content == null) {
                return;
            }
            inputs.add(content);
        }
        if (node.op().isRandom()
                || node.outputs().stream().anyMatch(output -> output.shape().elements() > LARGEST)) {
            return;
        }
        long flops = flops(node);
        if (flops < 0 || flops > work) {
            return;
        }
        work -= flops + 1;
        List<DoubleTensor> outputs = node.op().evaluate(inputs, 0);
        for (int i = 0; i < outputs.size(); i++) {
            keep(node.outputs().get(i), outputs.get(i));
        }
    }

    private static long flops(Node node) {
        return node.op()
                .flops(
                        node.inputs().stream().map(Value::shape).toList(),
                        node.outputs().stream().map(Value::shape).toList());
    }

    /** What the value comes to; null if that depends on what is fed in, or is too large to be a shape. */
    @Nullable
    DoubleTensor get(Value value) {
        return known.get(value);
    }
}
