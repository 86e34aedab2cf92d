package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one number of all that differ only in their place along some axes: {@code [N, H, W, C]} reduced over axes 1 and 2
 * becomes {@code [N, C]}, or {@code [N, 1, 1, C]} where axes are kept.
 *
 * <p>Numbers are taken together in a tree that follows from the sizes alone, whatever the number of threads. The gradient
 * of an extreme is shared equally among the elements that attain it; that of a product holds where factors are 0, too.
 *
 * @param reduction how many numbers become one
 * @param axes the axes that vanish; negative ones count from the end; none leaves the input as it is
 * @param keepDims whether they stay with size 1
 */
public record Reduce(Reduction reduction, List<Integer> axes, boolean keepDims) implements Op {

    /** A reduction over a copy of the list. */
    public Reduce {
        axes = List.copyOf(axes);
    }

    @Override
    public String name() {
        return "reduce_" + reduction.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Shape x = inputs.get(0);
        boolean[] reduced = reduced(x);
        int[] sizes = IntStream.range(0, x.rank())
                .filter(axis -> keepDims || !reduced[axis])
                .map(axis -> reduced[axis] ? 1 : x.size(axis))
                .toArray();
        return List.of(Shape.of(sizes));
    }

    /** For every axis of the input whether it is reduced. */
    private boolean[] reduced(Shape x) {
        boolean[] reduced = new boolean[x.rank()];
        for (int axis : axes) {
            int at = Expect.axis(x, axis);
            if (reduced[at]) {
                throw new IllegalArgumentException("expected different axes of " + x + ", received " + axes);
            }
            reduced[at] = true;
        }
        return reduced;
    }

    private Shape kept(Shape x) {
        return new Reduce(reduction, axes, true).infer(List.of(x)).get(0);
    }

    /** How many numbers become one. */
    private int count(Shape x) {
        return axes.stream().mapToInt(x::size).reduce(1, (a, b) -> a * b);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor y = DoubleTensor.zeros(infer(List.of(x.shape())).get(0));
        Arrays.fill(y.data(), reduction.neutral());
        Shape kept = kept(x.shape());
        for (int i = 0; i < x.data().length; i++) {
            int target = Broadcasting.source(kept, x.shape(), i);
            y.data()[target] = reduction.at(y.data()[target], x.data()[i]);
        }
        for (int i = 0; reduction == Reduction.MEAN && i < y.data().length; i++) {
            y.data()[i] /= count(x.shape());
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value x = node.input(0);
        Shape kept = kept(x.shape());
        Value outer = reshaped(g, dy, kept);
        return Arrays.asList(
                switch (reduction) {
                    case SUM -> g.add(new Broadcast(x.shape()), outer);
                    case MEAN -> {
                        Value share = g.constant(Tensor.full(Shape.of(), 1f / count(x.shape())));
                        yield g.add(new Broadcast(x.shape()), g.add(new Binary(BinaryFunction.MULTIPLY), outer, share));
                    }
                    case MAX, MIN -> extremes(g, x, reshaped(g, node.output(), kept), outer);
                    case PRODUCT -> factors(g, x, outer);
                });
    }

    private static Value reshaped(GraphBuilder g, Value value, Shape shape) {
        return value.shape().equals(shape) ? value : g.add(new Reshape(shape), value);
    }

    /** Equal shares of dy to the elements that are the extreme y. */
    private Value extremes(GraphBuilder g, Value x, Value y, Value dy) {
        Value attains = g.add(new Binary(BinaryFunction.EQUAL), x, y);
        Value attaining = g.add(new Reduce(Reduction.SUM, axes, true), attains);
        Value share = g.add(new Binary(BinaryFunction.DIVIDE), dy, attaining);
        return g.add(new Where(), attains, share, g.constant(Tensor.zeros(Shape.of())));
    }

    /**
     * dy times the product of all other factors: that of all that are not 0, divided by the factor if it is not 0, where
     * no other factor is 0.
     */
    private Value factors(GraphBuilder g, Value x, Value dy) {
        Value zero = g.constant(Tensor.zeros(Shape.of()));
        Value one = g.constant(Tensor.full(Shape.of(), 1));
        Value isZero = g.add(new Binary(BinaryFunction.EQUAL), x, zero);
        Value zeros = g.add(new Reduce(Reduction.SUM, axes, true), isZero);
        Value divisor = g.add(new Where(), isZero, one, x);
        Value product = g.add(new Reduce(Reduction.PRODUCT, axes, true), divisor);
        Value scaled = g.add(new Binary(BinaryFunction.MULTIPLY), product, dy);
        Value others = g.add(new Binary(BinaryFunction.DIVIDE), scaled, divisor);
        Value noOtherIsZero = g.add(new Binary(BinaryFunction.EQUAL), zeros, isZero);
        return g.add(new Where(), noOtherIsZero, others, zero);
    }

    @Override
    public Step lower(Lowering lowering) {
        List<ReduceStage> stages = stages(lowering.inputShape(0));
        ElementwiseKernels kernels = lowering.kernels().elementwise();
        Slot y = lowering.output(0);
        int elements = lowering.outputShape(0).elements();
        List<Step> steps = new ArrayList<>();
        Slot from = lowering.input(0);
        for (int i = 0; i < stages.size(); i++) {
            Slot to =
                    i == stages.size() - 1 ? y : lowering.scratch(stages.get(i).outputs());
            steps.add(stages.get(i).lower(reduction.loops(lowering.kernels().reduce()), from, to));
            from = to;
        }
        Slot last = from;
        float factor = reduction == Reduction.MEAN ? 1f / count(lowering.inputShape(0)) : 1;
        if (stages.isEmpty() || factor != 1) {
            steps.add(Grain.elements(
                    elements,
                    (f, i, end) -> kernels.affine(
                            f.array(last), last.offset() + i, factor, 0, f.array(y), y.offset() + i, end - i)));
        }
        return Step.sequence(steps.toArray(Step[]::new));
    }

    /** The axes one after another, the last first; those that lie side by side at once. */
    private List<ReduceStage> stages(Shape x) {
        boolean[] reduced = reduced(x);
        List<ReduceStage> stages = new ArrayList<>();
        int inner = 1;
        for (int end = x.rank(); end > 0; ) {
            int start = end - 1;
            while (start > 0 && reduced[start - 1] == reduced[end - 1]) {
                start--;
            }
            int n = x.product(start, end);
            if (!reduced[start]) {
                inner *= n;
            } else if (n != 1) {
                addStages(stages, x.product(0, start), n, inner);
            }
            end = start;
        }
        return stages;
    }

    private static void addStages(List<ReduceStage> stages, int outer, int n, int inner) {
        ReduceStage stage = new ReduceStage(outer, n, inner);
        stages.add(stage);
        if (stage.chunks() > 1) {
            addStages(stages, outer, stage.chunks(), inner);
        }
    }
}
