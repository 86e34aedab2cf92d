package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An op of transposes becomes a transpose of the op, so that transposes sink until they meet one that takes them back.
 *
 * <p>All inputs are transposes of one order, or can be made so at no cost for each image: what follows from parameters
 * alone, single numbers, and what a transpose would not move. The op sinks where this leaves no more transposes than there
 * were, or where everything else that reads them can follow.
 */
public record SinkTransposes() implements Rewrite {
    @Override
    public String name() {
        return "sink-transposes";
    }

    @Override
    public String law() {
        return "f(transpose(x, p), transpose(y, p)) = transpose(f(x, y), p) for f element by element; likewise for concat,"
                + " slice and reduce along the axes that p takes theirs from";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!Carried.isKind(site.op())) {
            return Optional.empty();
        }
        return order(site)
                .filter(order -> IntStream.range(0, site.inputs().size()).allMatch(i -> fits(site, i, order)))
                .flatMap(order -> Carried.of(site.op(), order)
                        .filter(carried -> pays(site, order, carried))
                        .map(carried -> sink(site, order, carried)));
    }

    /** The order of the first input that is transposed for each image. */
    private static Optional<Transpose> order(Site site) {
        return IntStream.range(0, site.inputs().size())
                .mapToObj(site::producer)
                .flatMap(Optional::stream)
                .filter(node -> node.op() instanceof Transpose && !node.isLasting())
                .map(node -> (Transpose) node.op())
                .findFirst();
    }

    private static boolean isTransposed(Site site, int input, Transpose order) {
        return site.producer(input).filter(node -> node.op().equals(order)).isPresent();
    }

    /** Whether an input is transposed in that order or can be had so for nothing. */
    private static boolean fits(Site site, int input, Transpose order) {
        Value value = site.input(input);
        int rank = order.order().size();
        return value.shape().rank() <= rank
                && (isTransposed(site, input, order)
                        || value.producer().isLasting()
                        || order.inverse().isReshape(padded(value.shape(), rank)));
    }

    /** A shape with axes of size 1 in front, up to a rank. */
    private static Shape padded(Shape shape, int rank) {
        Shape padded = shape;
        while (padded.rank() < rank) {
            padded = padded.prepend(1);
        }
        return padded;
    }

    private static boolean pays(Site site, Transpose order, Carried carried) {
        Shape shape = carried.after().inverse().infer(List.of(site.shape())).get(0);
        if (carried.after().isReshape(shape)) {
            return true;
        }
        List<Integer> transposed = IntStream.range(0, site.inputs().size())
                .filter(i -> isTransposed(site, i, order)
                        && !site.input(i).producer().isLasting())
                .boxed()
                .toList();
        return transposed.stream().anyMatch(i -> site.soleProducer(i).isPresent())
                || transposed.stream()
                        .allMatch(i -> site.isReadOnlyBy(i, op -> op instanceof Transpose || Carried.isKind(op)));
    }

    private static Value sink(Site site, Transpose order, Carried carried) {
        List<Value> operands = new ArrayList<>();
        for (int i = 0; i < site.inputs().size(); i++) {
            operands.add(operand(site, i, order));
        }
        Value y = site.replace(carried.op(), operands);
        return CancelTransposes.isIdentity(carried.after()) ? y : site.derive("transposed", carried.after(), y);
    }

    private static Value operand(Site site, int input, Transpose order) {
        Value value = site.input(input);
        if (isTransposed(site, input, order)) {
            return site.producer(input).map(Node::inputs).orElseThrow().get(0);
        }
        if (value.shape().elements() == 1) {
            return value;
        }
        Shape padded = padded(value.shape(), order.order().size());
        Value full = padded.equals(value.shape())
                ? value
                : site.derive("operand" + input + "_padded", new Reshape(padded), value);
        if (!full.producer().isLasting()) { // as a transpose it would be taken for a reason to sink the other way
            Shape moved = order.inverse().infer(List.of(full.shape())).get(0);
            return site.derive("operand" + input, new Reshape(moved), full);
        }
        return site.derive("operand" + input, order.inverse(), full);
    }
}
