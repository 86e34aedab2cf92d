package dev.halfwave.inspect;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A max pooling that takes from u what the pooling would take from x: the element at the place of x's first largest.
 * Inputs u and x {@code [N, H, W, C]}, output {@code [N, OH, OW, C]}.
 *
 * @param pool the pooling
 */
record FrozenMaxPool2d(MaxPool2d pool) implements Op {
    private static final int GRAIN = 4096;

    @Override
    public String name() {
        return "frozen_max_pool2d";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return pool.infer(inputs.subList(0, 1));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor y =
                DoubleTensor.zeros(infer(List.of(inputs.get(0).shape())).get(0));
        PoolWindows windows = PoolWindows.of(pool, inputs.get(0).shape());
        for (int i = 0; i < y.data().length; i++) {
            y.data()[i] = inputs.get(0).data()[windows.largest(inputs.get(1).data(), i)];
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        throw Op.noGradient(node);
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot u = lowering.input(0);
        Slot x = lowering.input(1);
        Slot y = lowering.output(0);
        PoolWindows windows = PoolWindows.of(pool, lowering.inputShape(0));
        return Step.ranges(windows.outputs(), GRAIN, (f, from, to) -> {
            float[] us = f.array(u);
            float[] xs = f.array(x);
            float[] ys = f.array(y);
            for (int i = from; i < to; i++) {
                int best = windows.elements()[windows.starts()[i]];
                for (int j = windows.starts()[i] + 1; j < windows.starts()[i + 1]; j++) {
                    int other = windows.elements()[j];
                    best = xs[x.offset() + other] > xs[x.offset() + best] ? other : best;
                }
                ys[y.offset() + i] = us[u.offset() + best];
            }
        });
    }
}
