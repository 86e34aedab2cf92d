package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.LayoutKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The same elements with the axes in another order: the output's axis i is the input's axis {@code order[i]}.
 *
 * <p>{@code of(0, 2, 3, 1)} takes images from channels first, {@code [N, C, H, W]}, to channels last, {@code [N, H, W,
 * C]}; {@code of(0, 3, 1, 2)} takes them back.
 *
 * @param order every axis of the input once, counted from 0
 */
public record Transpose(List<Integer> order) implements Op {

    /** @throws IllegalArgumentException if the order is not one of axes counted from 0 */
    public Transpose {
        order = List.copyOf(order);
        if (!order.stream().sorted().toList().equals(axes(order.size()))) {
            throw new IllegalArgumentException(
                    "transpose: expected each of " + order.size() + " axes once, counted from 0, received " + order);
        }
    }

    private static List<Integer> axes(int rank) {
        return IntStream.range(0, rank).boxed().toList();
    }

    /** The output's axis i is the input's axis {@code order[i]}. */
    public static Transpose of(int... order) {
        return new Transpose(Arrays.stream(order).boxed().toList());
    }

    /** What takes the axes back to where they were. */
    public Transpose inverse() {
        return new Transpose(
                axes(order.size()).stream().map(axis -> order.indexOf(axis)).toList());
    }

    /** What another transpose and then this one come to. */
    public Transpose after(Transpose first) {
        return new Transpose(order.stream().map(first.order::get).toList());
    }

    /** Whether nothing moves in memory: the axes that hold more than one element stay in order. */
    public boolean isReshape(Shape input) {
        List<Integer> longer =
                order.stream().filter(axis -> input.size(axis) != 1).toList();
        return input.elements() == 0 || longer.equals(longer.stream().sorted().toList());
    }

    @Override
    public String name() {
        return "transpose";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Shape x = inputs.get(0);
        if (x.rank() != order.size()) {
            throw new IllegalArgumentException(
                    "expected an input with " + order.size() + " axes to put in order " + order + ", received " + x);
        }
        return List.of(Shape.of(order.stream().mapToInt(x::size).toArray()));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor y = DoubleTensor.zeros(infer(List.of(x.shape())).get(0));
        for (int i = 0; i < y.data().length; i++) {
            int at = 0;
            int rest = i;
            for (int axis = order.size() - 1; axis >= 0; axis--) {
                int size = y.shape().size(axis);
                at += rest % size * x.shape().product(order.get(axis) + 1, order.size());
                rest /= size;
            }
            y.data()[i] = x.data()[at];
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(g.add(inverse(), dy));
    }

    @Override
    public Step lower(Lowering lowering) {
        Shape x = lowering.inputShape(0);
        if (x.elements() == 0) {
            return Step.sequence();
        }
        int[] strides =
                order.stream().mapToInt(axis -> x.product(axis + 1, x.rank())).toArray();
        Lockstep walk = new Lockstep(lowering.outputShape(0).sizes(), strides);
        return walk.step(0) == 1 ? runs(lowering, walk) : blocks(lowering, walk);
    }

    /** The last axis stays the last: its runs are copied. */
    private static Step runs(Lowering lowering, Lockstep walk) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        return walk.pieces(
                lowering.outputShape(0).elements(),
                (f, run, skip, first, n) -> System.arraycopy(
                        f.array(x), x.offset() + walk.start(0, run, skip), f.array(y), y.offset() + first, n));
    }

    /** Another axis becomes the last: the plane of the two is transposed for every index of the others. */
    private static Step blocks(Lowering lowering, Lockstep walk) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        LayoutKernels kernels = lowering.kernels().layout();
        int from = IntStream.range(0, walk.axes())
                .filter(axis -> walk.stride(0, axis) == 1)
                .findFirst()
                .orElseThrow();
        Planes planes = Planes.of(walk, from);
        return Step.ranges(
                planes.bands(),
                planes.grain(),
                (f, first, end) -> planes.run(kernels, f.array(x), x, f.array(y), y, first, end));
    }
}
